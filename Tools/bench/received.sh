#!/usr/bin/env bash
# Hops a second: real messages, each parsed whole and its route followed, beside SpamScope's mail-parser.
set -eu
work=.build-bench
corpora=${BACKSTAMP_CORPORA:-../shared/corpora}
[ -d "$corpora/sa-corpus-a" ] || { echo "received: skipped, there is no $corpora/sa-corpus-a" >&2; exit 0; }
{
  mkdir -p "$work"
  [ -f "$work/parse/attachments.mbox" ] || python3 Tools/bench/parse/workload.py "$corpora" "$work/parse"
  head -c 100000000 "$work/parse/archive.mbox" > "$work/received.mbox"
  [ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q mail-parser
} >&2
bench=$(scripts/build bench)
python3 - "$bench" "$work" << 'END'
import subprocess, sys

bench, work = sys.argv[1:]
best = 0.0
for _ in range(5):
    seconds, _, _, hops = subprocess.run([bench, "received", f"{work}/received.mbox"], check=True, capture_output=True, text=True).stdout.split()[:4]
    best = max(best, float(hops) / float(seconds))
script = """
import sys, time, mailparser
pieces = open(sys.argv[1], 'rb').read(8000000).split(b'\\n\\nFrom ')[:-1]
messages = [piece.split(b'\\n', 1)[-1] + b'\\n' for piece in pieces]
best = 0.0
for _ in range(5):
    hops, start = 0, time.monotonic()
    for message in messages:
        hops += len(mailparser.parse_from_bytes(message).received)
    best = max(best, hops / (time.monotonic() - start))
print(best)
"""
peer = float(subprocess.run([f"{work}/venv/bin/python", "-c", script, f"{work}/received.mbox"], check=True, capture_output=True, text=True).stdout)
print(f"bench received ours {best:.0f} hops/s peer mail-parser {peer:.0f} hops/s ratio {best / peer:.1f}")
END
