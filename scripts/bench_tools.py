# SPDX-License-Identifier: Apache-2.0
"""What the bench scripts share: running programs, music, statistics, tables, and the file of
results (docs/results.csv) from which scripts/results writes docs/results.md."""
import csv
import datetime
import hashlib
import importlib.machinery
import importlib.util
import math
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True  # scripts that others load leave no files beside them
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RESULTS = os.path.join(ROOT, "docs/results.csv")
# subject: heading of the page; what: one row; value, low, high: figure with its 95 % interval, or
# its range where `n` counts runs; goal: what was aimed at, may be empty
COLUMNS = ["subject", "what", "value", "low", "high", "unit", "n", "goal", "material", "script", "date"]


def script(name):
    """Another script of this folder, as a module."""
    loader = importlib.machinery.SourceFileLoader(name.replace("-", "_"), os.path.join(ROOT, "scripts", name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def run(*command, data=None, fine=False, codes=(0,)):
    """The finished program; ends this one with the last words of a program that failed: whose exit
    code is none of `codes`. `fine`: any code will do."""
    p = subprocess.run([str(c) for c in command], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if p.returncode not in codes and not fine:
        sys.exit(f"{' '.join(map(str, command[:12]))}\n{p.stderr.decode(errors='replace')[-600:]}")
    return p


def tool_beside(hindsight, name):
    """A tool of this project that the build makes only when asked, beside the program."""
    path = os.path.join(os.path.dirname(hindsight), name)
    if not os.path.exists(path):
        sys.exit(f"{path} is not there: cmake --build {os.path.dirname(hindsight) or '.'} --target {name}")
    return path


def program_mark(path):
    """What kept values are called by: a mark of the program and of libhs.so, where it is linked with it."""
    of = hashlib.sha256()
    linked = run("ldd", path, fine=True).stdout.decode(errors="replace")
    for name in [path] + sorted(re.findall(r"=> (\S*/libhs[^/\s]*)", linked)):
        with open(name, "rb") as f:
            of.update(f.read())
    return of.hexdigest()


def phi(x):
    """The normal distribution function."""
    return (1 + math.erf(x / math.sqrt(2))) / 2


def wilson(k, n, z=1.96):
    """The interval of a share of k in n (Wilson 1927)."""
    if not n:
        return math.nan, math.nan
    p = k / n
    centre = (p + z * z / 2 / n) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def quantile(x, p):
    """Linear between the ordered values; NaN of none."""
    x = sorted(x)
    if not x:
        return math.nan
    at = p * (len(x) - 1)
    low = int(at)
    high = min(low + 1, len(x) - 1)
    return x[low] + (at - low) * (x[high] - x[low])


def table(head, rows):
    """Lines of a table in Markdown, with an empty one behind it."""
    return (["| " + " | ".join(head) + " |", "|---" * len(head) + "|"] +
            ["| " + " | ".join(map(str, r)) + " |" for r in rows] + [""])


CELL = re.compile(r"([\d.]+) \(([\d.]+)-([\d.]+)\)(?: of ([\d.]+))?")
TABLE_COLUMNS = ["part", "table", "row", "column", "value", "low", "high", "bar", "made"]


def table_rows(text):
    """The cells of all tables of a text in Markdown, one a row: its part (heading of second level),
    the number of the table within it, row and column; of "0.20 (0.08-0.42) of 0.07" the value, its
    interval and what it is held against."""
    part, number, head, rows = "", 0, None, []
    for line in text.splitlines():
        if line.startswith("## "):
            part, number = line[3:], 0
        if not line.startswith("|"):
            head = None
            continue
        cells = [c.strip().replace("`", "") for c in line.strip().strip("|").split("|")]
        if head is None:
            head, number = cells, number + 1
        elif not set(line) <= set("|- "):
            for name, cell in zip(head[1:], cells[1:]):
                m = CELL.fullmatch(cell.replace("*", ""))
                rows.append([part, number, cells[0].replace("*", ""), name] + (list(m.groups("")) if m else [cell, "", "", ""]))
    return rows


def write_tables(path, text, made, others=False):
    """The tables of a text in Markdown as one CSV; made(part) says when and with what. `others`: rows of parts that the text has not
    stay as they are."""
    mine, kept = table_rows(text), []
    if others:
        with open(path, encoding="utf-8", newline="") as f:
            parts = {r[0] for r in mine}
            kept = [r for r in list(csv.reader(f))[1:] if r[0] not in parts]
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(TABLE_COLUMNS)
        out.writerows(kept + [r + [made(r[0])] for r in mine])


def write_between(path, script, text):
    """Puts text into a page between the two lines that name the script; what stands around them is written by hand."""
    begin, end = f"<!-- made by {script} -->\n", f"<!-- end of what {script} makes -->\n"
    with open(path, encoding="utf-8") as f:
        page = f.read()
    if begin not in page or end not in page:
        sys.exit(f"{path} has no lines {begin.strip()} and {end.strip()} to write between")
    with open(path, "w", encoding="utf-8") as f:
        f.write(page[:page.index(begin)] + begin + text + page[page.index(end):])


def results():
    """The rows of docs/results.csv."""
    with open(RESULTS, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def today():
    return datetime.date.today().isoformat()


def record(subject, what, value, low="", high="", unit="", n="", goal="", material="", by=None):
    """Puts a figure into docs/results.csv, in the place of the one of this name."""
    row = dict(subject=subject, what=what, value=value, low=low, high=high, unit=unit, n=n, goal=goal, material=material,
               script=by or "scripts/" + os.path.basename(sys.argv[0]), date=today())
    row = {k: f"{v:.3g}" if isinstance(v, float) else str(v) for k, v in row.items()}
    rows = results()
    same = [i for i, r in enumerate(rows) if (r["subject"], r["what"]) == (subject, what)]
    if same:
        rows[same[0]] = row
    else:
        last = max([i for i, r in enumerate(rows) if r["subject"] == subject], default=len(rows) - 1)
        rows.insert(last + 1, row)
    write(rows)


def record_share(subject, what, k, n, **more):
    """The same of a share of k in n, with Wilson's interval."""
    low, high = wilson(k, n)
    record(subject, what, k / n, low, high, n=n, **more)


def write(rows):
    with open(RESULTS + ".new", "w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    os.replace(RESULTS + ".new", RESULTS)
