#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 85
# Files that crash, hang or starve a decoder: the rest of the job goes on, they are unfinished
# work for two runs and in quarantine from the third on; then no run touches them until
# --retry-quarantine.
. ./lib.sh
cd "$T"
for i in 1 2 3 4 5; do tone ok$i.wav 6 $i; done
tone crash.wav 6 6; tone hang.wav 6 7; tone hungry.wav 6 8
{
    printf 'hindsight: 1\nartist: Poison\nreleases:\n  - title: R\n    tracks:\n'
    for f in ok1 crash ok2 hang ok3 hungry ok4 ok5; do printf '      - {title: %s, master: %s.wav}\n' $f $f; done
} >job.yaml
export HINDSIGHT_STALL_S=20
LD_PRELOAD=$BUILD/tests/libpoison.so $HINDSIGHT audit -j 2 --no-clips job.yaml -o out 2>log1
check "some files could not be read" same $? 3
status() { # of a track
    python3 -c "import json,sys; d=json.load(open('out/audit.json')); print([t['master']['status'] for t in d['tracks'] if t['title']==sys.argv[1]][0])" $1
}
for f in ok1 ok2 ok3 ok4 ok5; do check "$f was measured" same "$(status $f)" ok; done
for f in crash hang hungry; do check "$f is unfinished" same "$(status $f)" unfinished; done
check "the crash is named" has log1 "signal 11"
check "the hang is named" has log1 "no sign of life"
check "the hunger is named" has log1 "MiB of memory"
for run in 2 3; do
    HINDSIGHT_STALL_S=5 LD_PRELOAD=$BUILD/tests/libpoison.so $HINDSIGHT audit -q -j 2 --no-clips job.yaml -o out 2>/dev/null
    check "run $run: still 3" same $? 3
done
for f in crash hang hungry; do check "$f is in quarantine" same "$(status $f)" quarantined; done
# without the preload the files are fine, but they stay where they are until asked for
printf '# touched\n' >>job.yaml
$HINDSIGHT audit --no-clips job.yaml -o out 2>/dev/null
check "quarantine lasts" same "$?/$(status crash)" 3/quarantined
$HINDSIGHT audit --no-clips --retry-quarantine job.yaml -o out 2>/dev/null
check "and is lifted on demand" same "$?/$(status crash)/$(status hang)" 0/ok/ok
# init reads headers in the worker too: the file that ends it is named, the rest is listed
mkdir archive; cp ok1.wav ok2.wav archive; cp crash.wav archive/crash.wav
LD_PRELOAD=$BUILD/tests/libpoison.so $HINDSIGHT init archive >found.yaml 2>log2
check "init survives it" same "$(grep -c 'ok[12].wav' found.yaml)" 2
check "and says which file it was" test "$(cat found.yaml log2 | grep -c 'crash.wav')" -ge 1
# a supervisor that has grown large starts its worker by executing itself: all the same
$HINDSIGHT measure --json ok1.wav ok2.wav >small.json
LD_PRELOAD=$BUILD/tests/libpoison.so BALLAST_MIB=200 $HINDSIGHT measure --json ok1.wav ok2.wav >large.json
check "a large supervisor has a worker, too" same "$(wc -c <large.json)" "$(wc -c <small.json)"
check "with the same result" cmp small.json large.json
mkdir grown; cp ok3.wav grown/crash.wav
LD_PRELOAD=$BUILD/tests/libpoison.so BALLAST_MIB=200 $HINDSIGHT measure grown/crash.wav ok4.wav >large.txt
check "and outlives it" same "$?/$(grep -c 'signal 11' large.txt)" 3/1
finish
