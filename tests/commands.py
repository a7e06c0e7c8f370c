#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Command lines of the documents: commands.py FILE... prints, for each `hindsight` command that
stands in an indented or fenced block, the file, the line number and the command, with tabs
between, without its remark. With --mentions: the other places that name a command, `hindsight ...` within a
sentence, a loop or another program. With --jobs FOLDER it writes each job file that stands in such a
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


def mentions(path):
    """What stands behind `hindsight` in sentences, and in lines of blocks, or of what is no document, that
    begin with something else. `hindsight worker` is how the program calls itself."""
    run = {number for number, _ in commands(path)}
    in_blocks = {number for block in blocks(path) for number, _ in block}
    document = path.endswith(".md")
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if number in run:
                continue
            for found in re.findall(r"\bhindsight ([a-z][^;|&#>]*)" if number in in_blocks or not document else r"`hindsight ([a-z][^`]*)`", line):
                if found.split()[0] != "worker" and not line.lstrip().startswith(("#", "Description=", ".\\\"")):
                    yield number, found.strip()


def main():
    folder = None
    args = sys.argv[1:]
    if args[:1] == ["--mentions"]:
        for path in args[1:]:
            for number, words in mentions(path):
                print(path, number, words, sep="\t")
        return
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
