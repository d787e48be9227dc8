"""Python's parsers beside ours: peers.py email|fast-mail-parser FILE BYTES. Prints seconds, bytes read and messages."""
import email, email.header, email.policy, sys, time

peer, path, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
data = open(path, "rb").read(size)
pieces = data.split(b"\n\nFrom ")
messages = [piece.split(b"\n", 1)[-1] + b"\n" for piece in (pieces[:-1] if len(pieces) > 1 else pieces)]
if peer == "fast-mail-parser":
    import fast_mail_parser


def read(message):
    if peer == "fast-mail-parser":
        fast_mail_parser.parse_email(message)
        return
    root = email.message_from_bytes(message)
    for part in root.walk():
        for _, value in part.items():
            try:
                str(email.header.make_header(email.header.decode_header(value)))
            except Exception:
                pass
        if not part.is_multipart():
            body = part.get_payload(decode=True) or b""
            if part.get_content_maintype() == "text":
                try:
                    body.decode(part.get_content_charset() or "us-ascii", "replace")
                except LookupError:
                    pass


failed = 0
start = time.monotonic()
for message in messages:
    try:
        read(message)
    except Exception:
        failed += 1
print(time.monotonic() - start, sum(map(len, messages)), len(messages) - failed)
