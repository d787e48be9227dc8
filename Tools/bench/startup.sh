#!/usr/bin/env bash
# One message of 5 KB, offline, plain: the whole process, median. Beside it SpamScope's mail-parser, which reads the
# same message to JSON.
set -eu
work=.build-bench
mkdir -p "$work"
[ -x "$work/venv/bin/mail-parser" ] || {
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q mail-parser
} >&2
message=$work/five-kilobytes.eml
cat fixtures/messages/personal/message.eml > "$message"
while [ "$(wc -c < "$message")" -lt 5000 ]; do printf 'And another thing that I wanted to tell you about Saturday.\r\n' >> "$message"; done
hyperfine -N --warmup 10 --runs 100 --export-json "$work/ours.json" \
  "$BACKSTAMP_BINARY --offline $message" > /dev/null 2>&1
hyperfine -N --warmup 2 --runs 15 --export-json "$work/peer.json" \
  "$work/venv/bin/mail-parser -f $message -j" > /dev/null 2>&1
python3 - "$work/ours.json" "$work/peer.json" << 'P'
import json, sys
ours, peer = (json.load(open(name))["results"][0]["median"] * 1000 for name in sys.argv[1:])
print(f"bench startup ours {ours:.2f} ms peer mail-parser {peer:.2f} ms ratio {peer / ours:.1f}")
P
