#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: threads
# The threaded parts: several files and pairs at once, also under ThreadSanitizer, which
# ends the program with another exit code when it sees a race.
. ./lib.sh
cd "$T"
for i in 1 2 3; do tone m$i.flac 12 $i; tone x$i.wav 13 $i "volume=-6dB"; done
{
    printf 'hindsight: 1\nartist: Threads\nreleases:\n  - title: R\n    tracks:\n'
    for i in 1 2 3; do printf '      - {title: T%s, master: m%s.flac, mix: x%s.wav}\n' $i $i $i; done
} >job.yaml
# LLVM's OpenMP runtime tells ThreadSanitizer about its barriers through this library.
archer=$(find /usr/lib/llvm-*/lib -name libarcher.so 2>/dev/null | head -n 1)
check "libarcher is installed" test -n "$archer"
export OMP_TOOL_LIBRARIES=$archer TSAN_OPTIONS="ignore_noninstrumented_modules=1 exitcode=66"
$HINDSIGHT audit -j 4 job.yaml -o out 2>log
check "four threads" same $? 0
check "no race" lacks log "data race"
$HINDSIGHT measure -j 4 --json ./*.flac ./*.wav >measures.json 2>>log
check "six files" same "$?/$(grep -c '"status": *"ok"' measures.json)" 0/6
finish
