#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random nights over one report: files are added, removed, renamed, touched, replaced under their
old size and time, the job is edited, runs are killed and files swapped in the middle of them, with
one thread and with two. An unhindered run must always give what a cold one gives, and when nothing
has changed since, leave the report as it is. Arguments: the number of nights, and a seed."""
import json, os, random, shutil, signal, struct, subprocess, sys

HINDSIGHT, BUILD = os.environ["HINDSIGHT"], os.environ["BUILD"]
nights, rng = int(sys.argv[1]), random.Random(int(sys.argv[2]))
pool = sorted(n for n in os.listdir("pool"))  # music to take from
tracks, failed, serial = [], 0, 0


def fail(words):
    global failed
    failed += 1
    print(f"night {night}: {words}", file=sys.stderr)


def fresh(name=None):
    """A file of one of the pieces, with a tail of its own now and then: bytes that were never there."""
    global serial
    serial += 1
    path = name or f"files/{serial:04d}.wav"
    with open(os.path.join("pool", rng.choice(pool)), "rb") as f:
        data = bytearray(f.read())
    if rng.random() < 0.5:
        struct.pack_into("<h", data, len(data) - 2, rng.randrange(-99, 99))
    with open(path, "wb") as f:
        f.write(data)
    return path


def write_job():
    with open("job.yaml", "w") as f:
        f.write("hindsight: 1\nartist: Soak\n")
        if rng.random() < 0.2:
            f.write(f"rules: {{wide: {{limit: {rng.choice(['2', '2.5', '3'])}}}}}\n")
        f.write("releases:\n  - title: R\n    tracks:\n")
        for title, master, mix in tracks:
            f.write(f"      - {{title: {title}, master: {master}" + (f", mix: {mix}}}\n" if mix else "}\n"))


def same_stamp(path):
    st = os.stat(path)
    with open(path, "r+b") as f:
        f.seek(st.st_size - 200)
        f.write(bytes(rng.randrange(256) for _ in range(100)))
    os.utime(path, ns=(st.st_atime_ns, st.st_mtime_ns))


def change():
    kind = rng.choice(("add", "remove", "rename", "touch", "same stamp", "replace", "edit", "none"))
    if kind == "add" or len(tracks) < 2:
        master = fresh()
        tracks.append((f"T{serial}", master, fresh() if rng.random() < 0.6 else None))
    elif kind == "remove" and len(tracks) > 2:
        tracks.pop(rng.randrange(len(tracks)))
    elif kind == "rename":
        i = rng.randrange(len(tracks))
        title, master, mix = tracks[i]
        moved = master.replace(".wav", "r.wav")
        os.rename(master, moved)
        tracks[i] = (title, moved, mix)
    elif kind in ("touch", "same stamp", "replace"):
        path = rng.choice([p for t in tracks for p in t[1:] if p])
        {"touch": os.utime, "same stamp": same_stamp, "replace": fresh}[kind](path)
    write_job()
    return kind


def command(out, jobs):
    return [HINDSIGHT, "audit", "-q", "--no-clips", "-j", str(jobs), "job.yaml", "-o", out]


def audit(out, jobs):
    return subprocess.run(command(out, jobs), stderr=subprocess.DEVNULL).returncode


def hindered():
    """A run that is killed, or under which a file changes: whatever comes of it."""
    env = dict(os.environ)
    if rng.random() < 0.5 and tracks:
        with open("count", "wb") as f:
            f.write(struct.pack("q", 0))
        shutil.copyfile(os.path.join("pool", rng.choice(pool)), "other")
        env.update(LD_PRELOAD=f"{BUILD}/tests/libfault.so", FAULT_OP=rng.choice(("open", "read")),
                   FAULT_DO=rng.choice(("swap", "swap_back", "fail", "kill")),
                   FAULT_AT=str(rng.randrange(1, 60)), FAULT_FILE="files/", FAULT_SWAP="other",
                   FAULT_COUNT=os.path.abspath("count"))
    p = subprocess.Popen(command("out", rng.choice((1, 2))), env=env, start_new_session=True,
                         stderr=subprocess.DEVNULL)
    try:
        p.wait(timeout=rng.random() * 1.5)
    except subprocess.TimeoutExpired:
        os.killpg(p.pid, rng.choice((signal.SIGKILL, signal.SIGTERM)))
    p.wait()


def read(folder):
    with open(f"{folder}/audit.json", "rb") as f:
        return f.read()


os.makedirs("files")
for night in range(nights):
    kind = change()
    if rng.random() < 0.5:
        hindered()
    code = audit("out", rng.choice((1, 2)))
    if code not in (0, 3) or json.loads(read("out"))["unfinished"]:  # 3: pairs of chance
        fail(f"after {kind}: the unhindered run ended with {code}, or left work")
        continue
    if rng.random() < 0.5 or night == nights - 1:
        shutil.rmtree("cold", ignore_errors=True)
        if audit("cold", 2) != code or read("out") != read("cold"):
            fail(f"after {kind}: warm differs from cold")
    if rng.random() < 0.3:
        before = os.stat("out/audit.json").st_ino
        if audit("out", 1) != code or os.stat("out/audit.json").st_ino != before:
            fail(f"after {kind}: the report was made anew though nothing has changed")
    if night % 50 == 49:
        print(f"{night + 1} nights, {failed} failed", flush=True)
print(f"{nights} nights, {failed} failed")
sys.exit(failed != 0 or not nights)
