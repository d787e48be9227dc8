#!/usr/bin/env bash
# DKIM verifications a second: a message of 5 KB with an RSA key of 2048 bits, from its bytes each time, beside libopendkim.
# Neither asks DNS: the key is given.
set -eu
work=.build-bench
mkdir -p "$work"
{
  [ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q dkimpy cryptography
  gcc -O2 -o "$work/opendkim" Tools/bench/opendkim.c -lopendkim
} >&2
"$work/venv/bin/python" - "$work" << 'P'
import base64, sys, dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives import serialization as s
work = sys.argv[1]
key = rsa.generate_private_key(65537, 2048)
pem = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.TraditionalOpenSSL, s.NoEncryption())
der = key.public_key().public_bytes(s.Encoding.DER, s.PublicFormat.SubjectPublicKeyInfo)
text = open("fixtures/messages/personal/message.eml", "rb").read()
text = text[: text.index(b"DKIM-Signature")] + text[text.index(b"From:") :]
while len(text) < 5000:
    text += b"And another thing that I wanted to tell you about Saturday.\r\n"
fields = [b"from", b"to", b"subject", b"date", b"message-id"]
signature = dkim.sign(text, b"s", b"example.com", pem, canonicalize=(b"relaxed", b"relaxed"), include_headers=fields)
open(f"{work}/signed.eml", "wb").write(signature + text)
open(f"{work}/key.txt", "w").write("v=DKIM1; k=rsa; p=" + base64.b64encode(der).decode())
P
bench=$(scripts/build bench)
python3 - "$bench" "$work" << 'P'
import subprocess, sys

bench, work = sys.argv[1:]
record = open(f"{work}/key.txt").read()


def rate(*command):
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[0])


ours, peer = 0.0, 0.0
for _ in range(4):
    ours = max(ours, rate(bench, "dkim", f"{work}/signed.eml", record))
    peer = max(peer, rate(f"{work}/opendkim", f"{work}/signed.eml", record, "1"))
print(f"bench dkim ours {ours:.0f} messages/s peer libopendkim {peer:.0f} messages/s ratio {ours / peer:.2f}")
P
