#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks of the house that reading the sources and the symbols of a build can do:

    house.py SOURCE BUILD

format     clang-format finds nothing to change
headers    every .c has its .h, and what a .h declares stands in its own .c. Files that end in
           a row which the build collects have none: analysers, rules, pages, commands
names      what is seen outside a file begins with hs_, what is not does not; the structs, unions
           and enums of headers have names of their own
dead       nothing is seen outside its file that neither it nor another file uses; tests do not count
tags       no tag is written through what escapes text: the reader would see it
circles    the files of a module do not call or include each other in a circle
"""
import collections, glob, os, re, shutil, subprocess, sys

SOURCE, BUILD = sys.argv[1], sys.argv[2]
os.chdir(SOURCE)
# Made of rows that the build or one table collects, or compiled for several processors.
ROWS = re.compile(r"src/main\.c|.*/(an|rules|page|cmd|kernels)_\w+\.c|.*/(builtin|artist)_table\.c")
LEVEL = re.compile(r"_(baseline|v3)$")
# Of the library for the tests' sake: what tests draw their noise from, and what they count.
FOR_TESTS = {"hs_rng_next", "hs_rng_uniform", "hs_rng_below", "hs_arena_bytes", "hs_catalogue_analyse_with"}
complaints, checked = [], 0


def complain(text):
    complaints.append(text)


def sources(*patterns):
    return sorted(f for p in patterns for f in glob.glob(p, recursive=True))


def code_of(path):
    """Without comments, strings and preprocessor lines."""
    text = re.sub(r"/\*.*?\*/", " ", open(path).read(), flags=re.S)
    text = re.sub(r'"(\\.|[^"\\\n])*"', '""', text)
    return re.sub(r"^#(\\\n|.)*$", "", text, flags=re.M)


def circles(edges):
    """Groups of nodes that reach each other (Tarjan 1972)."""
    number, low, stack, out = {}, {}, [], []

    def visit(x):
        number[x] = low[x] = len(number)
        stack.append(x)
        for y in sorted(edges.get(x, ())):
            if y not in number:
                visit(y)
            if y in stack:
                low[x] = min(low[x], low[y])
        if low[x] == number[x]:
            group = []
            while not group or group[-1] != x:
                group.append(stack.pop())
            if len(group) > 1:
                out.append(sorted(group))
    for x in sorted(edges):
        if x not in number:
            visit(x)
    return out


def clang_format_14():
    """Version 14, as npm or Debian 12 has it: other versions break some lines in other places."""
    for program in "build/npm/node_modules/clang-format/bin/linux_x64/clang-format", "clang-format-14":
        found = shutil.which(program)
        if found and "version 14." in subprocess.run([found, "--version"], stdout=subprocess.PIPE, universal_newlines=True).stdout:
            return found
    return None


def check_format(files):
    program = clang_format_14()
    if not program:
        complain("there is no clang-format of version 14: run scripts/setup")
        return
    for i in range(0, len(files), 50):
        p = subprocess.run([program, "-n", "-Werror", *files[i:i + 50]], stderr=subprocess.PIPE,
                           universal_newlines=True)
        for file in sorted(set(re.findall(r"^(\S+?):\d+:\d+: error", p.stderr, re.M))):
            complain(f"{file} is not formatted (clang-format -i)")
        if p.returncode and not p.stderr:
            complain("clang-format failed")


def symbols():
    """{symbol: file that has it}, {symbol: files that use it}, {file: its static functions}"""
    has, uses, static = {}, collections.defaultdict(set), collections.defaultdict(set)
    objects = sources(f"{BUILD}/CMakeFiles/h*.dir/**/*.o", f"{BUILD}/CMakeFiles/kernels_*.dir/**/*.o")
    p = subprocess.run(["nm", "-A", *objects], stdout=subprocess.PIPE, universal_newlines=True, check=True)
    for line in p.stdout.splitlines():
        path, rest = line.split(":", 1)
        file = re.sub(r".*?\.dir/(.*)\.o$", r"\1", path)
        if file.startswith("src/") and not os.path.exists(file):
            continue  # of a source that is gone
        *_, kind, name = rest.split()
        if "." in name or name.startswith("_"):
            continue  # made by the compiler
        if kind in "TDRBC":
            has[name] = file
        elif kind == "U":
            uses[name].add(file)
        elif kind == "t":
            static[file].add(name)
    return has, uses, static


def check_headers(has):
    defined = collections.defaultdict(list)
    prototype = re.compile(r"^(?!static|typedef|return)[a-z][\w \*]*?\b(\w+)\((?!\*)[^;{}]*\)[\w \(\),]*;", re.M)
    for header in sources("src/**/*.h"):
        text, own = code_of(header), header[:-2] + ".c"
        for name in prototype.findall(text):
            where = has.get(name)
            if where and where != own and not ROWS.fullmatch(where):
                complain(f"{header} declares {name}, which stands in {where}")
        for tag in re.findall(r"^(?:struct|union|enum) (\w+) \{", text, re.M):
            defined[tag].append(header)
            if not tag.startswith("hs_"):
                complain(f"{header}: {tag} does not begin with hs_")
    for tag, where in defined.items():
        if len(where) > 1:
            complain(f"two of the name {tag}: {', '.join(where)}")
    for file in sources("src/**/*.c"):
        if not ROWS.fullmatch(file) and not os.path.exists(file[:-2] + ".h"):
            complain(f"{file} has no header of its own")


def check_names(has, uses, static):
    tools = " ".join(code_of(f) for f in sources("tools/*.c"))
    for name, file in sorted(has.items()):
        if name != "main" and not name.startswith("hs_"):
            complain(f"{file}: {name} is seen outside its file and does not begin with hs_")
        elif name != "main" and not uses[name] - {file} and not LEVEL.search(name) \
                and name not in FOR_TESTS and not re.search(rf"\b{name}\b", tools) \
                and len(re.findall(rf"\b{name}\b", code_of(file))) < 2:
            complain(f"{file}: nothing but tests uses {name}")
    for file, names in sorted(static.items()):
        for name in sorted(n for n in names if n.startswith("hs_")):
            # an inline function of a header has a copy in each file
            if file.startswith("src/") and re.search(rf"\b{name}\([^;]*\)\s*{{", code_of(file)):
                complain(f"{file}: {name} is static and begins with hs_")


def check_tags():
    for file in sources("src/report/*.c"):
        for call in re.findall(r'\bhs_html_(?:text|textf|prose)\((?:[^;"]|"(?:\\.|[^"\\])*")*;', open(file).read()):
            if re.search(r'"(?:\\.|[^"\\])*</?[a-z]', call):
                complain(f"{file}: a tag is written as text: {' '.join(call.split())[:80]}")


def check_circles(has, uses):
    calls, includes = collections.defaultdict(set), collections.defaultdict(set)
    for name, files in uses.items():
        for file in files:
            if name in has and file != has[name] and os.path.dirname(file) == os.path.dirname(has[name]):
                calls[file].add(has[name])
    for file in sources("src/**/*.h"):
        for other in re.findall(r'^#include "([^"]+)"', open(file).read(), re.M):
            includes[file].add("src/" + other)
    for what, edges in ("call", calls), ("include", includes):
        for group in circles(edges):
            complain(f"files {what} each other in a circle: {', '.join(group)}")


def main():
    files = sources("src/**/*.[ch]", "tests/**/*.[ch]", "tools/*.[ch]")
    has, uses, static = symbols()
    if len(files) < 100 or len(has) < 100:
        sys.exit("house.py: the sources or the objects are not there")
    check_format(files)
    check_headers(has)
    check_names(has, uses, static)
    check_tags()
    check_circles(has, uses)
    for text in complaints:
        print(text, file=sys.stderr)
    print(f"{len(files)} files and {len(has)} symbols, {len(complaints)} complaints")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
