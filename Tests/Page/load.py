#!/usr/bin/env python3
"""Load on loopback by wrk: 64 connections, messages of 100 kB and hostile ones. usage: load.py PROGRAM WORK SECONDS"""
import glob
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

program, work, seconds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
messages = []
for path in sorted(glob.glob("fixtures/malformed/*") + glob.glob("fixtures/messages/*/message.eml")):
    messages.append(pathlib.Path(path).read_bytes())
clean = pathlib.Path("fixtures/messages/newsletter/message.eml").read_bytes()
messages += [clean.replace(b"\r\n", b"\n") + b"<p>Another paragraph of an honest newsletter, with a <a href=\"https://shop.example/a\">link</a>.</p>\n" * 1000] * 10
lines = ["messages = {}"]
for message in messages:
    lines.append("messages[#messages + 1] = '" + "".join(f"\\{byte:03d}" for byte in message) + "'")
lines.append("""
local index = 0
request = function()
  index = index % #messages + 1
  return wrk.format("POST", "/api/v1/inspect", {["Content-Type"] = "message/rfc822"}, messages[index])
end
local wrong = 0
response = function(status, headers, body)
  if status ~= 200 or not body:find('"backstamp%-report"', 1) then wrong = wrong + 1 end
end
local threads = {}
setup = function(thread) table.insert(threads, thread) end
done = function(summary, latency, requests)
  io.write(string.format('{"requests": %d, "p99": %f, "max": %f, "status": %d, "socket": %d}\\n', summary.requests,
    latency:percentile(99.0) / 1e6, latency.max / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
""")
(work / "load.lua").write_text("\n".join(lines))

# Whatever it would write, it would write here: its folder, and that for temporary files.
home = tempfile.mkdtemp()
start = time.monotonic()
server = subprocess.Popen([os.path.abspath(program), "serve", "--port", "0", "--quiet", "--offline"], stdout=subprocess.PIPE, text=True,
                          cwd=home, env={"PATH": os.environ["PATH"], "HOME": home, "TMPDIR": home})
address = server.stdout.readline().strip()
ready = time.monotonic() - start


def memory():
    status = pathlib.Path(f"/proc/{server.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


idle = memory()
samples = []
wrk = subprocess.Popen(["wrk", "-t1", "-c64", f"-d{seconds}s", "--timeout", "10s", "-s", str(work / "load.lua"), address],
                       stdout=subprocess.PIPE, text=True)
while wrk.poll() is None:
    time.sleep(1)
    samples.append(memory())
result = json.loads([line for line in wrk.stdout.read().splitlines() if line.startswith("{")][0])
# The second half against the first: what grows without end shows.
half = len(samples) // 2
first, second = max(samples[: half + 1]), max(samples[half:])
server.kill()
server.wait()
left = os.listdir(home)
print(f"load ready {ready * 1000:.0f} ms idle {idle:.0f} MB requests {result['requests']} in {seconds} s p99 {result['p99']:.2f} s max {result['max']:.2f} s "
      f"failed {result['status'] + result['socket']} memory {first:.0f} MB then {second:.0f} MB left behind {len(left)}")
bad = result["status"] + result["socket"] > 0 or result["p99"] > 1 or second > first * 1.2 or ready > 0.2 or idle > 60 or left
sys.exit(1 if bad else 0)
