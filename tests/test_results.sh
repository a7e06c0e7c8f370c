#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# docs/results.md is made from docs/results.csv; every script and test that it names is there, and
# every figure lies in its own interval. What the bench scripts share is held against known values.
# Links between the pages of the book lead somewhere, in the sources and where they are installed; its
# pictures are small and shown.
. ./lib.sh
check "the page is that of the table" "$SOURCE/scripts/results" --check
check "rows, scripts, intervals" python3 - "$SOURCE" <<'PY'
import os, sys
sys.dont_write_bytecode = True
root = sys.argv[1]
sys.path.insert(0, os.path.join(root, "scripts"))
import bench_tools as tools
bad, rows = [], tools.results()
for r in rows:
    if not os.path.exists(os.path.join(root, r["script"].split()[0])):
        bad.append(f"{r['what']}: no {r['script']}")
    if r["low"] and not float(r["low"]) <= float(r["value"]) <= float(r["high"]):
        bad.append(f"{r['what']}: {r['value']} is not within {r['low']} to {r['high']}")
    if len(r["date"].split("-")) != 3 or not r["value"] or not r["material"]:
        bad.append(f"{r['what']}: a figure, its material and its day are needed")
if len(rows) < 20 or len({(r["subject"], r["what"]) for r in rows}) != len(rows):
    bad.append("rows are missing, or stand twice")
sys.exit("\n".join(bad) or 0)
PY
"$SOURCE/scripts/results" --dry-run >"$T/steps"
check "what would be run is listed, for every row" same $? 0
check "its scripts, options and tests are there" python3 - "$SOURCE" "$T/steps" <<'PY'
import glob, os, re, sys
root, bad, n = sys.argv[1], [], 0
for line in open(sys.argv[2], encoding="utf-8"):
    words = line.split()
    if line.startswith("scripts/"):
        n += 1
        path = os.path.join(root, words[0])
        text = open(path, encoding="utf-8").read() if os.access(path, os.X_OK) else ""
        bad += [f"{words[0]} knows no {w}" for w in words[1:] if w.startswith("--") and w not in text.replace("BooleanOptionalAction", "--no-write")]
        bad += [] if text else [f"no {words[0]}"]
    for name in re.findall(r"-R \^(test_\w+)\$", line):
        n += 1
        bad += [] if glob.glob(os.path.join(root, "tests", name + ".*")) else [f"no {name}"]
sys.exit("\n".join(bad) or (0 if n > 10 else f"{n} steps"))
PY
# --- what is interrupted ends with all that it started, also what does not listen
cat >"$T/run" <<'PY'
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1] + "/scripts")
import bench_tools as tools
results = tools.script("results")
results.run_all([results.Recipe(1, False, [f"sleep 900.{sys.argv[3]} & (trap '' TERM INT; exec sleep 901.{sys.argv[3]}) & touch {sys.argv[2]}; wait"])])
PY
for signal in INT TERM; do
    # a job in the background does not hear SIGINT unless it is told to
    python3 -c 'import os, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); os.execvp(sys.argv[1], sys.argv[1:])' \
        python3 "$T/run" "$SOURCE" "$T/begun.$signal" $$ 2>"$T/log" &
    pid=$!
    for _ in $(seq 200); do [ -e "$T/begun.$signal" ] && break; sleep 0.1; done
    started=$(ps -eo pid=,ppid=,args= | awk -v own=$$ '$NF ~ "^90[01]." own "$" {print $1}')
    kill -s $signal $pid; wait $pid
    check "SIG$signal: ends" test $? != 0
    check "SIG$signal: two were running" same "$(wc -w <<<"$started")" 2
    check "SIG$signal: and what it started with it" same "$(for p in $started; do ps -o pid= -p "$p"; done)" ""
done
# values are kept by the program and by the library that it is linked with
mkdir "$T/linked"
echo 'int hs_x(void); int main(void) { return hs_x(); }' >"$T/linked/main.c"
library() { echo "int hs_x(void) { return $1; }" | cc -shared -fPIC -x c -o "$T/linked/libhs.so" -; }
mark() { python3 -Bc 'import sys; sys.path.insert(0, sys.argv[1]); import bench_tools; print(bench_tools.program_mark(sys.argv[2]))' "$SOURCE/scripts" "$T/linked/main"; }
library 1
cc -o "$T/linked/main" "$T/linked/main.c" -L"$T/linked" -lhs -Wl,-rpath,"$T/linked"
first=$(mark)
check "a mark of a program" test "${#first}" = 64
check "is the same again" same "$(mark)" "$first"
library 2
check "another library, another mark" test "$(mark)" != "$first"
check "statistics" python3 - "$SOURCE" <<'PY'
import os, sys
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(sys.argv[1], "scripts"))
import bench_tools as tools
near = lambda x, y: abs(x - y) < 1e-4
# Newcombe 1998, table I: 81 of 263 and 1 of 29 by Wilson's score
assert all(map(near, tools.wilson(81, 263), (0.2553, 0.3662)))
assert all(map(near, tools.wilson(1, 29), (0.0061, 0.1718)))
assert near(tools.phi(1.959964), 0.975) and near(tools.phi(0), 0.5)
assert tools.quantile([4, 1, 3, 2], 0.5) == 2.5 and tools.quantile([7], 0.9) == 7
text = "## Part\n| a | b | c |\n|---|---|---|\n| `x` | 0.20 (0.08-0.42) of 0.07 | 3 of 4 |\n\n| d | e |\n|---|---|\n| y | |\n"
assert tools.table_rows(text) == [["Part", 1, "x", "b", "0.20", "0.08", "0.42", "0.07"],
                                  ["Part", 1, "x", "c", "3 of 4", "", "", ""], ["Part", 2, "y", "e", "", "", "", ""]]
PY
check "the raw tables of verdicts" python3 - "$SOURCE" <<'PY'
import csv, os, sys
with open(os.path.join(sys.argv[1], "docs/verdicts.csv"), encoding="utf-8", newline="") as f:
    rows = list(csv.DictReader(f))
bad = [r for r in rows if not r["made"] or (r["low"] and not float(r["low"]) <= float(r["value"]) <= float(r["high"]))]
sys.exit(f"{len(rows)} rows; {bad[:3]}" if bad or len(rows) < 500 else 0)
PY
cmake --install "$BUILD" --component pages --prefix "$T/installed" >"$T/log" 2>&1
check "the pages are installed" test -s "$T/installed/share/doc/hindsight/docs/manual/engineer.md"
for book in "$SOURCE" "$T/installed/share/doc/hindsight"; do
    check "links and pictures in $book" python3 - "$book" <<'PY'
import glob, os, re, sys
root = sys.argv[1]
pages = glob.glob(os.path.join(root, "*.md")) + glob.glob(os.path.join(root, "docs/**/*.md"), recursive=True)
anchor = lambda head: re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-")
heads = {p: {anchor(h) for h in re.findall(r"^#+ (.*)$", open(p, encoding="utf-8").read(), re.M)} for p in pages}
bad, shown = [], set()
for page in pages:
    for to in re.findall(r"\]\(([^)\s]+)\)", open(page, encoding="utf-8").read()):
        if "://" in to:
            continue
        path, _, at = to.partition("#")
        full = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
        shown.add(full)
        if not os.path.exists(full) or (at and full in heads and at not in heads[full]):
            bad.append(f"{os.path.relpath(page, root)}: {to} leads nowhere")
for picture in glob.glob(os.path.join(root, "docs/**/*.png"), recursive=True):
    if picture not in shown or os.path.getsize(picture) > 150000:
        bad.append(f"{os.path.relpath(picture, root)}: not shown, or more than 150 kB")
sys.exit("\n".join(bad) or 0)
PY
done
finish
