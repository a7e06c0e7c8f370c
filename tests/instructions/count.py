#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions of tests/instructions/measure.c by callgrind and holds them against
the figures in counts.txt beside this file.

    count.py PROGRAM            compares
    count.py --renew PROGRAM    writes this compiler's figures anew

Only what is in the program itself counts: FFTW, libm and libc choose their code by the
processor. A kernel, or a file that takes 1 % or more of all, may differ by 3 % from its figure;
by 40 % where there are figures of another compiler only. One that takes 1.5 % and has no figure is
new, and named. The sum of all is also held against bounds.txt, which --renew neither writes nor
goes over: what measuring costs does not grow because its figures were renewed. Every level that is built
is counted: a processor that lacks one fails.
"""
import collections, os, platform, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FIGURES, BOUNDS = os.path.join(HERE, "counts.txt"), os.path.join(HERE, "bounds.txt")
LEVELS = ("baseline", "v3") if platform.machine() == "x86_64" else ("baseline",)
WITHIN, OTHER_COMPILER, SHARE, NEW_SHARE = 0.03, 0.40, 0.01, 0.015


def count(program, level):
    """{"kernel or file": instructions}, or None where the processor lacks the level."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        cmd = ["valgrind", "-q", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=counted", "--compress-strings=no",
               "--compress-pos=no", f"--callgrind-out-file={out}", program]
        p = subprocess.run(cmd, env={**os.environ, "HINDSIGHT_CPU": level}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           universal_newlines=True)
        if p.returncode:
            sys.exit(f"count: valgrind failed: {p.stderr[-1000:]}")
        return parse(open(out), os.path.basename(program)) if p.stdout.strip() == level else None


def parse(lines, own):
    sums, obj, where, call = collections.Counter(), "", "", False
    for line in lines:
        key, _, value = line.rstrip("\n").partition("=")
        if key == "ob":
            obj = os.path.basename(value)
        elif key == "fl":
            path = value
        elif key == "fn":
            kernel = re.match(r"hs_(\w+?)_(?:baseline|v3)\b", value)
            where = f"kernel {kernel.group(1)}" if kernel else "/".join(path.split("/")[-2:])
        elif key == "calls":
            call = True  # the next line is what the called ones cost
        elif line[0].isdigit() and "=" not in line:
            if not call and obj == own:
                sums[where] += int(line.split()[1])
            call = False
    sums["all"] = sum(sums.values())
    return sums


def compiler(program):
    """As far as the figures depend on it: gcc-12, clang-14."""
    text = subprocess.run([program, "--compiler"], check=True, stdout=subprocess.PIPE, universal_newlines=True).stdout
    return re.match(r"[a-z]+-\d+", text).group(0)


def read():
    figures = {}
    for line in open(FIGURES):
        if line[0] not in "#\n":
            name, level, n, what = line.split(None, 3)
            figures.setdefault(name, {}).setdefault(level, {})[what.strip()] = int(n)
    return figures


def write(figures):
    with open(FIGURES, "w") as f:
        f.write("# Instructions by compiler, level, and file or kernel; made by count.py --renew.\n")
        for name in sorted(figures):
            for level in sorted(figures[name]):
                for what, n in sorted(figures[name][level].items(), key=lambda x: (-x[1], x[0])):
                    f.write(f"{name} {level} {n} {what}\n")


def bounds():
    with open(BOUNDS) as f:
        return {level: int(n) for level, n in (line.split() for line in f if line[0] not in "#\n")}


def new_ones(counts, known):
    return [what for what, n in counts.items() if what not in known and n >= NEW_SHARE * counts["all"]]


def main():
    renew, program = sys.argv[1] == "--renew", sys.argv[-1]
    name = compiler(program)
    figures = read() if os.path.exists(FIGURES) else {}
    own = figures.get(name)
    within = WITHIN if own else OTHER_COMPILER
    if not own and not renew:
        own = figures[sorted(figures)[-1]]
    failed, made, at_most = False, {}, bounds()
    for level in LEVELS:
        counts = count(program, level)
        if counts is None:
            sys.exit(f"count: this processor does not run the level {level}, and nothing may be left out; v3 needs AVX2, FMA and BMI2")
        made[level] = {what: n for what, n in counts.items() if n >= SHARE * counts["all"] or what.startswith("kernel")}
        for what, wanted in ({} if renew else own[level]).items():
            n = counts[what]
            off = n / wanted - 1
            if abs(off) > within:
                failed = True
                print(f"{level}: {what}: {n} instructions, {100 * off:+.1f} % of the {wanted} known (at most {100 * within:.0f} % off)")
        if not renew and within == WITHIN:
            for what in new_ones(counts, own[level]):
                failed = True
                print(f"{level}: {what}: {counts[what]} instructions, and no figure known")
        print(f"{level}: {counts['all']} instructions in all (at most {at_most[level]})")
        if counts["all"] > at_most[level]:
            sys.exit(f"count: measuring costs more than {BOUNDS} allows; make it cheaper, or raise the bound by hand and say why in CHANGELOG")
    if renew:
        write({**figures, name: {**figures.get(name, {}), **made}})
    elif failed:
        sys.exit(f"If that is meant, or cheaper than it was: tests/instructions/count.py --renew {program}")


if __name__ == "__main__":
    main()
