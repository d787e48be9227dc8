#!/usr/bin/env bash
# SPF evaluations a second with canned DNS, beside pyspf: a policy with an mx, two includes and a network in the second.
set -eu
work=.build-bench
mkdir -p "$work"
{
  [ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q pyspf dnspython
} >&2
bench=$(scripts/build bench)
"$work/venv/bin/python" - "$bench" << 'P'
import subprocess, sys, time, spf

bench = sys.argv[1]
zone = {
    ("example.com", "TXT"): [("v=spf1 mx include:a.example.net include:b.example.net -all",)],
    ("example.com", "MX"): [(10, "mx.example.com")],
    ("mx.example.com", "A"): ["192.0.2.10"],
    ("a.example.net", "TXT"): [("v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/25 ~all",)],
    ("b.example.net", "TXT"): [("v=spf1 a:h.example.net ip4:192.0.2.128/25 ~all",)],
    ("h.example.net", "A"): ["192.0.2.20"],
}


def lookup(name, kind, strict=True, timeout=20):
    if kind == "TXT":
        return [((name, kind), tuple(s.encode() for s in r)) for r in zone.get((name.lower().rstrip("."), kind), [])]
    return [((name, kind), r) for r in zone.get((name.lower().rstrip("."), kind), [])]


spf.DNSLookup = lookup
best = 0.0
for _ in range(4):
    count, start = 0, time.monotonic()
    while time.monotonic() - start < 1:
        result = spf.check2(i="192.0.2.200", s="ann@example.com", h="mail.example.com")[0]
        assert result == "pass", result
        count += 1
    best = max(best, count / (time.monotonic() - start))
ours = max(float(subprocess.run([bench, "spf", "x", "x"], check=True, capture_output=True, text=True).stdout) for _ in range(4))
print(f"bench spf ours {ours:.0f} evaluations/s peer pyspf {best:.0f} evaluations/s ratio {ours / best:.1f}")
P
