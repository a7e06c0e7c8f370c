#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails, kills or swaps at the n-th open, rename, sync, commit and (every 50th) read of a job of
three tracks with pairs and clips. Afterwards an unhindered run must give what a cold one gives,
and a run that said 0 must have given it at once. Arguments: the share of all places that is
tried (1: every one; 2/6: the second of six parts that together are all; a name like "open kill
at 213 of all": that place), and a number that chooses among them or orders them."""
import os, random, re, shutil, struct, subprocess, sys

HINDSIGHT, BUILD = os.environ["HINDSIGHT"], os.environ["BUILD"]
share, seed = sys.argv[1], int(sys.argv[2])
here = os.getcwd()  # holds job.yaml, *.wav
MUSIC = [n for n in sorted(os.listdir(".")) if n.endswith(".wav")]
rng = random.Random(seed)
failed = tried = 0


def audit(folder, fault=None):
    env = dict(os.environ, HINDSIGHT_STALL_S="60")
    if fault:
        with open("count", "wb") as f:
            f.write(struct.pack("q", 0))
        env.update(fault, FAULT_COUNT=os.path.abspath("count"),
                   LD_PRELOAD=f"{BUILD}/tests/libfault.so")
    p = subprocess.run([HINDSIGHT, "audit", "-q", "--clips", "all", "-j", "2", "job.yaml", "-o", folder], env=env,
                       capture_output=True, text=True)
    return p.returncode, p.stderr


def count():
    with open("count", "rb") as f:
        return struct.unpack("q", f.read(8))[0]


def report(folder):
    """What must not depend on the way: the bytes of audit.json, the files that are there."""
    names = []
    for part, _, files in os.walk(folder, followlinks=True):
        if ".hindsight" not in part:
            names += [os.path.join(os.path.relpath(part, folder), n) for n in files]
    try:
        with open(f"{folder}/audit.json", "rb") as f:
            return sorted(names), f.read()
    except OSError:
        return sorted(names), b""


def refresh():
    for name in MUSIC:
        shutil.copyfile(f"keep/{name}", name)


def name_of(op, do, at, file):
    return f"{op} {do} at {at} of {file or 'all'}"


def choose(plan):
    """The places to try, in random order: what is done when a run is stopped is a sample."""
    part = re.fullmatch(r"(\d+)/(\d+)", share)
    if part:
        k, n = map(int, part.groups())
        return rng.sample(plan, len(plan))[k - 1::n]
    if re.fullmatch(r"[0-9.]+", share):
        return rng.sample(plan, min(len(plan), max(1, int(float(share) * len(plan)))))
    return [place for place in plan if name_of(*place) == share]


def one(op, do, at, file):
    global failed, tried
    refresh()
    shutil.rmtree("out", ignore_errors=True)
    fault = {"FAULT_OP": op, "FAULT_DO": do, "FAULT_AT": str(at), "FAULT_FILE": file}
    if do.startswith("swap"):
        shutil.copyfile("keep/other.flac", "other.flac")
        fault["FAULT_SWAP"] = "other.flac"
    code, words = audit("out", fault)
    name = name_of(op, do, at, file)
    tried += 1
    if code == 0 and not do.startswith("swap") and report("out") != cold:
        failed += 1
        print(f"{name}: it said 0 and gave something else", file=sys.stderr)
    refresh()  # what was swapped is back, under a new stamp
    code, words = audit("out")
    if code != 0 or report("out") != cold:
        failed += 1
        print(f"{name}: the next run differs from a cold one ({code}: {words[:300]})",
              file=sys.stderr)


os.makedirs("keep")
for name in MUSIC + ["other.flac"]:
    shutil.move(name, "keep")
refresh()
audit("cold")
cold = report("cold")
assert b'"unfinished": []' in cold[1] or b'"unfinished":[]' in cold[1], cold[1][-200:]
assert any(n.endswith(".webm") for n in cold[0]), "there are no clips"
plan = []
for op, dos, files, step in (("open", ("fail", "kill"), ("",), 1),
                             ("open", ("fail", "kill", "swap", "swap_back"), (".wav",), 1),
                             ("rename", ("fail", "kill"), ("",), 1),
                             ("sync", ("fail", "kill"), ("",), 1),
                             ("commit", ("fail", "kill"), ("",), 1),
                             ("read", ("fail", "kill", "swap", "swap_back"), (".wav",), 50)):
    for file in files:
        refresh()
        shutil.rmtree("out", ignore_errors=True)
        audit("out", {"FAULT_OP": op, "FAULT_DO": "fail", "FAULT_AT": "0", "FAULT_FILE": file})
        plan += [(op, do, at, file) for do in dos for at in range(1, count() + 1, step)]
chosen = choose(plan)
for place in chosen:
    one(*place)
    if tried % 50 == 0:
        print(f"{tried} of {len(chosen)}, {failed} failed", flush=True)
print(f"{tried} of {len(plan)} places tried, {failed} failed")
sys.exit(failed != 0 or not tried)
