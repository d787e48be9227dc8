#!/usr/bin/python3
"""Signs the fixtures with OpenDKIM and dkimpy, and asks both what they make of the signatures that the fixtures have.

Leaves in FOLDER: signed/SIGNER-KEY-FORMS-FIXTURE.eml, sealed/FIXTURE.eml, extra/signers.test.zone with the keys, and verdicts, lines of
"FIXTURE VERIFIER DOMAIN pass|fail".
usage: sign.py FOLDER PROGRAM, the program being that of opendkim.c
"""
import base64, os, re, subprocess, sys, warnings

warnings.simplefilter("ignore")
import dkim
import nacl.signing

folder, program = sys.argv[1:]
fixtures = "fixtures/messages"
domain = "signers.test"
for name in ("signed", "sealed", "extra"):
    os.makedirs(f"{folder}/{name}", exist_ok=True)


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options).stdout


run("openssl", "genrsa", "-traditional", "-out", f"{folder}/rsa.pem", "2048")
run("openssl", "genpkey", "-algorithm", "ed25519", "-out", f"{folder}/ed25519.pem")
rsa = open(f"{folder}/rsa.pem", "rb").read()
public = base64.b64encode(run("openssl", "rsa", "-in", f"{folder}/rsa.pem", "-pubout", "-outform", "DER")).decode()
seed = run("openssl", "pkey", "-in", f"{folder}/ed25519.pem", "-outform", "DER")[-32:]
point = base64.b64encode(bytes(nacl.signing.SigningKey(seed).verify_key)).decode()
records = {
    f"rsa._domainkey.{domain}": f"v=DKIM1; k=rsa; p={public}",
    f"ed25519._domainkey.{domain}": f"v=DKIM1; k=ed25519; p={point}",
}
with open(f"{folder}/extra/{domain}.zone", "w") as zone:
    zone.write(f"$ORIGIN {domain}.\n$TTL 300\n@ IN SOA ns hostmaster 1 3600 600 86400 300\n@ IN NS ns\nns IN A 127.0.0.1\n")
    for name, record in records.items():
        strings = " ".join(f'"{record[at:at + 250]}"' for at in range(0, len(record), 250))
        zone.write(f"{name}. IN TXT {strings}\n")

count = 0
verdicts = []
for fixture in sorted(os.listdir(fixtures)):
    if fixture.startswith("."):
        continue
    text = open(f"{fixtures}/{fixture}/message.eml", "rb").read()
    text = re.sub(rb"\r?\n", b"\r\n", text)
    plain = f"{folder}/{fixture}.eml"
    open(plain, "wb").write(text)

    # They sign, we verify.
    for key in ("rsa", "ed25519"):
        for header in ("simple", "relaxed"):
            for body in ("simple", "relaxed"):
                name = f"{key}-{header}-{body}-{fixture}.eml"
                # libopendkim 2.11 refuses its own Ed25519 signatures of the simple form of the header.
                if key == "rsa" or header == "relaxed":
                    command = [program, "sign", plain, f"{folder}/{key}.pem", domain, key, header, body, key]
                    signed = subprocess.run(command, capture_output=True)
                    if signed.returncode == 0:
                        open(f"{folder}/signed/opendkim-{name}", "wb").write(signed.stdout + b"\r\n" + text)
                        count += 1
                secret = rsa if key == "rsa" else base64.b64encode(seed)
                try:
                    field = dkim.sign(
                        text, key.encode(), domain.encode(), secret, canonicalize=(header.encode(), body.encode()),
                        signature_algorithm=b"rsa-sha256" if key == "rsa" else b"ed25519-sha256")
                    open(f"{folder}/signed/dkimpy-{name}", "wb").write(field + text)
                    count += 1
                except (dkim.DKIMException, ValueError):
                    pass
    try:
        sealed, found = text, b""
        for server in (b"one.signers.test", b"two.signers.test"):
            results = b"Authentication-Results: " + server + b"; " + found + b"spf=pass smtp.mailfrom=a@example.com\r\n"
            fields = dkim.ARC(results + sealed).sign(
                b"rsa", domain.encode(), rsa, server, include_headers=[b"from", b"subject", b"date"])
            # Whoever seals a second time says what the first seal came to.
            sealed, found = b"".join(fields) + results + sealed, b"arc=pass; "
        open(f"{folder}/sealed/{fixture}.eml", "wb").write(sealed)
    except (dkim.DKIMException, ValueError, IndexError) as error:
        print(f"{fixture}: not sealed: {error}", file=sys.stderr)

    # We record, they verify.
    own = {}
    with open(f"{fixtures}/{fixture}/zone", encoding="utf-8") as zone:
        for line in zone:
            match = re.match(r'(\S+)\.\s+(?:\d+\s+)?IN\s+TXT\s+(".*")', line)
            if match and "_domainkey" in match[1]:
                own[match[1]] = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[2]))
    if not re.search(rb"(?im)^dkim-signature\s*:", text.split(b"\r\n\r\n")[0]):
        continue
    path = f"{folder}/records"
    open(path, "w").write("".join(f"{name} {record}\n" for name, record in own.items()))
    for line in run(program, "verify", plain, path).decode().split("\n"):
        if line:
            verdicts.append(f"{fixture} opendkim {line}")
    verifier = dkim.DKIM(text)
    signatures = [value for name, value in verifier.headers if name.lower() == b"dkim-signature"]
    for index, value in enumerate(signatures):
        signer = re.search(rb"[;\s]d\s*=\s*([^;\s]+)", b";" + value)[1].decode()
        lookup = lambda name, timeout=5: (own.get(name.decode().rstrip("."), "") or "").encode() or None
        try:
            isRight = dkim.DKIM(text, minkey=512).verify(index, dnsfunc=lookup)
        except dkim.DKIMException:
            isRight = False
        verdicts.append(f"{fixture} dkimpy {signer} {'pass' if isRight else 'fail'}")
open(f"{folder}/verdicts", "w").write("\n".join(verdicts) + "\n")
print(f"{count} signed", file=sys.stderr)
