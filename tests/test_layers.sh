#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A module includes only what stands on a lower floor (or its own folder); libraries have
# one includer; one `#pragma omp parallel`; file and function lengths.
set -u
cd "$SOURCE/src" || exit 1
failed=0 checked=0
declare -A floor
n=0
while read -r modules; do
    for m in $modules; do floor[$m]=$n; done
    n=$((n + 1))
done <../tests/layers.txt
complain() { echo "$*" >&2; failed=$((failed + 1)); }

while IFS=: read -r file _ line; do
    checked=$((checked + 1))
    from=${file%%/*} to=${line#*\"}
    to=${to%%/*} # no process for each line: there are hundreds
    [ "$from" = main.c ] || [ "$from" = "$to" ] && continue
    [ -n "${floor[$to]:-}" ] || { complain "$file includes unknown module $to"; continue; }
    [ "${floor[$to]}" -lt "${floor[$from]}" ] || complain "$file ($from) must not include $to/"
done < <(grep -rnE '^#include "[^"/]+/' --include=*.c --include=*.h .| sed 's/^\.\///')

only() { # header pattern, the folder that may include it
    while read -r file; do
        checked=$((checked + 1))
        case $file in ./$2/*) ;; *) complain "$file includes $1, which belongs to $2/" ;; esac
    done < <(grep -rlE "^#include <$1" .)
}
only 'libav|^#include <libsw' media
only libsw media
only fftw3 dsp
only yaml job
only sqlite3 store
while read -r file; do
    case $file in ./pool/*) ;; *) complain "$file has an omp parallel region; they belong to pool/" ;; esac
done < <(grep -rlE '#pragma omp parallel' .)
while read -r lines file; do
    checked=$((checked + 1))
    [ "$lines" -le 600 ] || complain "$file has $lines lines (600 at most)"
done < <(find . -name '*.[ch]' -exec wc -l {} + | grep -v ' total$')
# Functions: from a line that opens with "{" in column 0 to the one that closes it.
while read -r file line length; do
    complain "src/$file:$line: a function of $length lines (60 at most)"
done < <(find . -name '*.c' -print0 | xargs -0 awk '
    FNR == 1 { start = 0 }
    /^\{/ { start = FNR }
    /^\}/ { if (start && FNR - start - 1 > 60) print FILENAME, start, FNR - start - 1; start = 0 }')
echo "$checked passed, $failed failed"
[ "$failed" = 0 ] && [ "$checked" -gt 0 ]
