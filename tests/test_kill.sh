#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 70
# kill -9 at 200 random moments of a run: after each the published report is whole (or, the
# first time, not there yet), and in the end one run finishes with what it always gives.
. ./lib.sh
cd "$T"
for i in 1 2 3; do tone m$i.wav 4 $i; tone x$i.wav 5 $i "volume=-6dB"; done
{
    printf 'hindsight: 1\nartist: Kill\nreleases:\n  - title: R\n    tracks:\n'
    for i in 1 2 3; do printf '      - {title: T%s, master: m%s.wav, mix: x%s.wav}\n' $i $i $i; done
} >job.yaml
cat >drive.py <<'PY'
import json, os, random, re, signal, subprocess, sys, time
hindsight, rng, failed, published = os.environ["HINDSIGHT"], random.Random(7), 0, 0
command = [hindsight, "audit", "-q", "--no-clips", "job.yaml", "-o", "out"]

def whole():
    """The report that stands can be read and all its links lead somewhere."""
    if not os.path.exists("out/index.html"):
        return published == 0
    json.load(open("out/audit.json")); json.load(open("out/run.json"))
    for folder, _, names in os.walk("out", followlinks=True):
        if ".hindsight" in folder: continue
        for name in names:
            if not name.endswith(".html"): continue
            text = open(os.path.join(folder, name), encoding="utf-8").read()
            if not text.rstrip().endswith("</html>"): return False
            for link in re.findall(r'href="([^"#:?]+)', text):
                if not os.path.exists(os.path.join(folder, link)): return False
    return True

def full_time():
    t = time.time(); subprocess.run(command, check=True); return time.time() - t

spent = full_time(); published = 1
for i in range(200):
    with open("job.yaml", "a") as f: f.write(f"# {i}\n")
    if i % 4 == 0:  # some work for the measuring, too
        os.utime("m1.wav", ns=(i, i)); data = bytearray(open("x2.wav", "rb").read())
        data[-2] = i % 120; open("x2.wav", "wb").write(data)
    p = subprocess.Popen(command, start_new_session=True)
    try:
        p.wait(timeout=rng.random() * spent * 1.1)
    except subprocess.TimeoutExpired:
        pass
    try: os.killpg(p.pid, signal.SIGKILL)
    except ProcessLookupError: pass
    p.wait()
    if not whole():
        failed += 1; print(f"round {i}: the report is not whole", file=sys.stderr)
subprocess.run(command, check=True)
warm = open("out/audit.json", "rb").read()
subprocess.run(command[:-1] + ["fresh"], check=True)
if warm != open("fresh/audit.json", "rb").read():
    failed += 1; print("killed and resumed differs from a fresh run", file=sys.stderr)
stale = [n for n in os.listdir("out/.hindsight/reports")]
if len(stale) > 2: failed += 1; print("remains of killed runs:", stale, file=sys.stderr)
sys.exit(failed != 0)
PY
check "200 kills" python3 drive.py
finish
