#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# The short form of the benchmark of pairs: a made-up song, masters by FFmpeg and SoX, the
# limits of docs/pairs.md, and two other songs that are not its master.
. "$(dirname "$0")/lib.sh"

songs=$T/music/singularity-music
mkdir -p "$songs"
tone "$songs/a.flac" 58 1
tone "$songs/b.flac" 58 2
"$SOURCE/scripts/bench-pairs" --music "$T/music" --songs 1 --seconds 53 --unrelated 2 \
    --strict --out "$T/page.md" --only "starting later,wider,compressor,drift 40,semitone up,inverted and swapped,mp3,verse cut,unrelated" \
    >"$T/out" 2>&1
check "no limit is missed" same $? 0
check "nothing beyond a limit" lacks "$T/out" MISSED
check "all eight cases were run" same "$(grep -c 'a.flac' "$T/out")" 8
check "the page says so" has "$T/page.md" "0 of 36 figures miss their limit"
check "another song is not aligned" lacks "$T/page.md" '`aligned`'
check "nor cut differently" lacks "$T/page.md" '`edited`'
check "and it was tried" has "$T/page.md" '2 pairs of different songs'
[ "$failed" = 0 ] || cat "$T/out" >&2
finish
