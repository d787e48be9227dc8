#!/usr/bin/env bash
# Parsing, one thread, beside GMime, fast-mail-parser (Rust) and Python's email: the tree and every field's range (index); all
# header values decoded and all bodies transfer- and charset-decoded (full). Each figure is the best of several runs, ours and
# GMime's in turn; the allocator of all keeps its memory, as in a program that runs on.
set -eu
work=.build-bench
corpora=${BACKSTAMP_CORPORA:-../shared/corpora}
[ -d "$corpora/sa-corpus-a" ] || { echo "parse: skipped, there is no $corpora/sa-corpus-a" >&2; exit 0; }
export GLIBC_TUNABLES=glibc.malloc.trim_threshold=268435456:glibc.malloc.mmap_threshold=33554432
{
  mkdir -p "$work"
  [ -f "$work/parse/attachments.mbox" ] || python3 Tools/bench/parse/workload.py "$corpora" "$work/parse"
  [ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q fast-mail-parser
} >&2
bench=$(scripts/build bench)
gmime=$(scripts/build-gmime)
python3 - "$bench" "$gmime" "$work" << 'P'
import os, subprocess, sys

bench, peer_gmime, work = sys.argv[1:]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def rates(name, mode, rounds=5):
    """Megabytes a second, the best of each."""
    path = f"{work}/parse/{name}.mbox"
    size = os.path.getsize(path) / 1e6
    ours, gmime = 0.0, 0.0
    for _ in range(rounds):
        mine = run(bench, f"parse-{mode}", path)
        theirs = run(peer_gmime, "full", path)
        ours, gmime = max(ours, size / float(mine[0])), max(gmime, size / float(theirs[0]))
        if abs(int(mine[1]) - int(theirs[1])) > int(theirs[1]) / 100:
            sys.exit(f"parse: {mine[1]} messages, not {theirs[1]}")
    return path, ours, gmime


def line(label, ours, peer, rate):
    print(f"bench {label} ours {ours:.0f} MB/s peer {peer} {rate:.0f} MB/s ratio {ours / rate:.1f}", flush=True)


for label, name, mode in (
    ("parse-index-archive", "archive", "index"),
    ("parse-full-archive", "archive", "full"),
    ("parse-full-header-heavy", "header-heavy", "full"),
    ("parse-full-attachments", "attachments", "full"),
):
    path, ours, gmime = rates(name, mode)
    line(label, ours, "gmime", gmime)
    for peer, part in (("fast-mail-parser", 60), ("email", 20)):
        # The first megabytes: they take a Python program long enough.
        seconds, size, _ = run(f"{work}/venv/bin/python", "Tools/bench/parse/peers.py", peer, path, str(part << 20))
        line(label, ours, peer, float(size) / 1e6 / float(seconds))
P
