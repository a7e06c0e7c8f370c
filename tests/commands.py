#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Command lines of the documents: commands.py FILE... prints, for each `hindsight` command that
stands in an indented or fenced block, the file, the line number and the command, with tabs
between, without its remark. With --jobs FOLDER it writes each job file that stands in such a
block to FOLDER instead, and prints the file, the line number and the name."""
import re
import sys

BLOCK = re.compile(r"^(?: {4,}|\t)(.*)$")
COMMAND = re.compile(r"^(?:[-0-9*,/]+ +[-0-9*,/]+ +\S+ +\S+ +\S+ +)?(hindsight .*)$")  # perhaps of a crontab
REMARK = re.compile(r"\s+#\s.*$")


def blocks(path):
    """Blocks of code of one document: lists of (line number, line without the indent)."""
    fenced, block = False, []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if line.lstrip().startswith("```") or line.startswith((".Bd ", ".Ed")):
                fenced = not fenced
                if block:
                    yield block
                block = []
                continue
            code = BLOCK.match(line)
            if fenced:
                block.append((number, line.replace("\\-", "-")))
            elif code:
                block.append((number, line[4:] if line.startswith("    ") else code.group(1)))
            elif block:
                yield block
                block = []
    if block:
        yield block


def commands(path):
    for block in blocks(path):
        for number, line in block:
            found = COMMAND.match(line.strip())
            if found:
                yield number, REMARK.sub("", found.group(1))


def main():
    folder = None
    args = sys.argv[1:]
    if args[:1] == ["--jobs"]:
        folder, args = args[1], args[2:]
    for path in args:
        if folder is None:
            for number, command in commands(path):
                print(path, number, command, sep="\t")
            continue
        for block in blocks(path):
            if any(line == "hindsight: 1" for _, line in block):
                name = f"{folder}/{len(path)}-{block[0][0]}.yaml"
                with open(name, "w", encoding="utf-8") as out:
                    out.write("".join(line + "\n" for _, line in block))
                print(path, block[0][0], name, sep="\t")


main()
