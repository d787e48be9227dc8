"""Makes what the parse benchmark reads: python3 workload.py CORPORA FOLDER

archive.mbox       sa-corpus-a and phish-pot-a as one mbox, repeated to 300 MB
header-heavy.mbox  real header sections of phishing mail, each filled up to 80 fields with long Received, ARC and DKIM fields
attachments.mbox   twenty messages with one base64 attachment of 5 to 25 MB each
"""
import base64, glob, io, os, random, sys, tarfile

corpora, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
random.seed(5322)


def quoted(message):
    """As mboxrd has it: a line that begins with From, behind any number of >, gets one more."""
    lines = message.replace(b"\r\n", b"\n").split(b"\n")
    lines = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines]
    return b"From sender@example.com Fri Nov 20 09:00:00 2026\n" + b"\n".join(lines).rstrip(b"\n") + b"\n\n"


def messages():
    with tarfile.open(corpora + "/sa-corpus-a/messages.tar.xz") as archive:
        for member in archive:
            if member.isfile():
                text = archive.extractfile(member).read()
                if text.startswith(b"From "):
                    text = text.split(b"\n", 1)[-1]
                yield text
    for name in sorted(glob.glob(corpora + "/phish-pot-a/**/*.eml", recursive=True)):
        yield open(name, "rb").read()


def write(name, pieces, size):
    with open(f"{folder}/{name}", "wb") as file:
        while file.tell() < size:
            for piece in pieces:
                file.write(piece)
                if file.tell() >= size:
                    break


all_messages = list(messages())
random.shuffle(all_messages)
write("archive.mbox", [quoted(text) for text in all_messages], 300 << 20)


def token(length):
    return base64.b64encode(random.randbytes(length)).decode()


def received(number):
    return (
        f"Received: from mx{number}.example.net (mx{number}.example.net [192.0.2.{number % 250}])\n"
        f"\tby relay{number}.example.org (Postfix) with ESMTPS id {random.getrandbits(40):010X}\n"
        f"\t(version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\n"
        f"\tFri, 20 Nov 2026 09:{number % 60:02}:00 +0000 (UTC)\n"
    )


def folded(text):
    return "\n\t".join(text[start : start + 72] for start in range(0, len(text), 72))


def arc(instance):
    return (
        f"ARC-Seal: i={instance}; a=rsa-sha256; t=1763629200; cv=pass; d=example.org; s=arc-2026;\n\tb={folded(token(256))}\n"
        f"ARC-Message-Signature: i={instance}; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=arc-2026;\n"
        f"\th=from:to:subject:date:message-id;\n\tbh={token(32)};\n\tb={folded(token(256))}\n"
        f"ARC-Authentication-Results: i={instance}; mx.example.org;\n\tdkim=pass header.i=@example.com header.s=s1;\n"
        f"\tspf=pass (example.org: domain of a@example.com designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@example.com\n"
    )


def dkim():
    return (
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s1; t=1763629200;\n"
        f"\th=from:to:subject:date:message-id:mime-version;\n\tbh={token(32)};\n\tb={folded(token(256))}\n"
    )


heavy = []
with tarfile.open(corpora + "/phish-headers-a/headers.tar.xz") as archive:
    for member in archive:
        if not member.isfile():
            continue
        header = archive.extractfile(member).read().replace(b"\r\n", b"\n").split(b"\n\n")[0].decode("latin-1")
        if header.startswith("From "):
            header = header.split("\n", 1)[-1]
        fields = sum(1 for line in header.split("\n") if line[:1] not in " \t")
        text, number = "", 0
        while fields < 80:
            for piece, count in ((received(number), 1), (arc(number % 50 + 1), 3), (dkim(), 1))[: 1 + (number % 4 == 0) * 2]:
                text += piece
                fields += count
            number += 1
        heavy.append(quoted((text + header + "\n\nA short body.\n").encode("latin-1")))
write("header-heavy.mbox", heavy, 200 << 20)

attachments = []
for number in range(20):
    body = base64.encodebytes(random.randbytes((5 + number) * (3 << 18)))
    attachments.append(
        quoted(
            b"From: a@example.com\nTo: b@example.net\nSubject: an attachment\nDate: Fri, 20 Nov 2026 09:00:00 +0000\n"
            b"Message-ID: <%d@example.com>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=divide\n\n"
            b"--divide\nContent-Type: text/plain; charset=utf-8\n\nHere it is.\n\n"
            b"--divide\nContent-Type: application/octet-stream; name=data.bin\n"
            b"Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=data.bin\n\n%s\n--divide--\n"
            % (number, body)
        )
    )
write("attachments.mbox", attachments, 1)
with open(f"{folder}/attachments.mbox", "wb") as file:
    file.write(b"".join(attachments))
