#!/usr/bin/env bash
# Whole messages a second, one core: every check and the JSON report, offline, beside eml_parser's parsing.
set -eu
work=.build-bench
corpora=${BACKSTAMP_CORPORA:-../shared/corpora}
[ -f "$corpora/sa-corpus-a/messages.tar.xz" ] || { echo "inspect: skipped, there is no $corpora/sa-corpus-a" >&2; exit 0; }
{
  mkdir -p "$work"
  [ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q eml_parser
  python3 - "$corpora/sa-corpus-a/messages.tar.xz" "$work/inspect.bin" << 'END'
import sys, tarfile

with tarfile.open(sys.argv[1]) as archive, open(sys.argv[2], "wb") as out:
    for member in sorted((m for m in archive if m.isfile()), key=lambda m: m.name):
        message = archive.extractfile(member).read()
        out.write(b"%08d\n" % len(message) + message)
END
} >&2
bench=$(scripts/build bench)
python3 - "$bench" "$work" << 'END'
import subprocess, sys

bench, work = sys.argv[1:]
# The peer is slow, so it gets every tenth message; some of them it refuses.
script = """
import sys, time, eml_parser
data, place, messages = open(sys.argv[1], 'rb').read(), 0, []
while place < len(data):
    size = int(data[place:place + 8])
    messages.append(data[place + 9:place + 9 + size])
    place += 9 + size
parser = eml_parser.EmlParser(include_raw_body=False, include_attachment_data=False)
messages, start = messages[::10], time.monotonic()
for message in messages:
    try:
        parser.decode_email_bytes(message)
    except Exception:
        pass
print(time.monotonic() - start, len(messages))
"""


def rate(*command):
    seconds, messages, *_ = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(messages) / float(seconds)


# In turn, so that a machine that is slow for a while is slow for both; the best pass of each counts.
ours = peer = 0.0
for _ in range(5):
    ours = max(ours, rate(bench, "inspect", f"{work}/inspect.bin"))
    peer = max(peer, rate(f"{work}/venv/bin/python", "-c", script, f"{work}/inspect.bin"))
print(f"bench inspect ours {ours:.0f} messages/s peer eml_parser {peer:.0f} messages/s ratio {ours / peer:.1f}")
END
