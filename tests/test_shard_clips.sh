#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 85
# Clips cut by shards: split, work, merge, audit without clips, work --clips, audit. The report is
# that of one machine, file for file, and nothing is left to cut in the last step.
. ./lib.sh
cd "$T"
for i in 1 2 3 4; do tone m$i.wav $((8 + i)) $i "treble=g=9:f=5000"; tone x$i.wav $((8 + i)) $i "volume=-6dB"; done
cat >job.yaml <<'Y'
hindsight: 1
artist: Clips
releases:
  - title: R
    tracks:
      - {title: T1, master: m1.wav, mix: x1.wav}
      - {title: T2, master: m2.wav, mix: x2.wav}
      - {title: T3, master: m3.wav, mix: x3.wav}
      - {title: T4, master: m4.wav}
Y
H() { $HINDSIGHT "$@" -q -j 2; }
H audit job.yaml -o one 2>log; check "one machine" same $? 0
n=$(ls one/clips/*.key | wc -l); check "has clips" test "$n" -ge 4
sums() { (cd "$1/clips" && sha256sum * | sort -k2); } # a folder of links

H split job.yaml -n 3 -o run
for i in 0 1 2; do H work run $i; done
H work run 0 --clips 2>log; check "before anything was judged" same "$?/$(grep -c 'nothing has been judged' log)" 2/1
H merge run >text
H work run 0 --clips 2>log; check "nor is it by merging" same "$?/$(grep -c 'nothing has been judged' log)" 2/1
H audit job.yaml -o run/judged --store run/store --no-clips 2>log; check "judged without clips" same "$?/$(ls run/judged/clips 2>out.err | wc -l)" 0/0
check "its numbers are those of one machine" cmp -s one/audit.json run/judged/audit.json
for i in 0 1 2; do $HINDSIGHT work run $i --clips -j 2 2>>said & [ $i = 1 ] && $HINDSIGHT work run $i --clips -j 2 2>out.err & wait; done
check "each clip in one share" same "$(grep -o '[0-9]* clips' said | awk '{n += $1} END {print n}')" "$n"
check "all were cut" same "$(ls run/store/clips/*.key | wc -l)" "$n"
check "and nothing else is there" same "$(ls -A run/store/clips | grep -cv -e '^orders$' -e '\.key$' -e '\.js$' -e '-[abcd]\.webm$')" 0
$HINDSIGHT audit -v job.yaml -o all --store run/store -j 2 2>log; check "the report" same "$?/$(grep -c '^clips' log)" 0/0
check "with the clips of one machine" same "$(sums all)" "$(sums one)"
check "the same numbers" cmp -s one/audit.json all/audit.json
check "the same pages" same "$(cd all; sha256sum index.html tracks/*.html)" "$(cd one; sha256sum index.html tracks/*.html)"

# --- again: what is there is not cut again, what is damaged or gone is
$HINDSIGHT work run 0 --clips 2>log; check "nothing to cut" has log " 0 cut now"
key=$(ls run/store/clips/*.key | head -1); echo other >"$key"
for i in 0 1 2; do $HINDSIGHT work run $i --clips 2>&1; done >said; check "one is cut anew" same "$(grep -o '[0-9]* cut now' said | awk '{n += $1} END {print n}')" 1
rm "$key"; H audit job.yaml -o again --store run/store; check "a clip that nobody cut is cut in the audit" same "$(sums again)" "$(sums one)"

# --- a file that has changed since, a damaged list, and one that names a path
tone m4.wav 12 44; rm run/store/clips/*.key
for i in 0 1 2; do $HINDSIGHT work run $i --clips 2>>changed; codes="${codes-}$?"; done
check "a file that has changed is not cut" has changed "have changed since they were judged"
check "which is unfinished work" grep -q 3 <<<"$codes"
H audit job.yaml -o now; H split job.yaml -n 3 -o run; for i in 0 1 2; do H work run $i; done; H merge run >text
H audit job.yaml -o run/judged --store run/store --no-clips
for i in 0 1 2; do H work run $i --clips; done
H audit job.yaml -o all --store run/store; check "a night later" same "$(sums all)" "$(sums now)"
check "clips of no finding any more are gone" same "$(ls run/store/clips/*.key | wc -l)" "$(ls now/clips/*.key | wc -l)"
cp run/store/clips/orders whole
python3 - <<'P'
d = bytearray(open("whole", "rb").read()); d[len(d) // 2] ^= 1; open("run/store/clips/orders", "wb").write(d)
P
H work run 0 --clips 2>log; check "a damaged list" same "$?/$(grep -c damaged log)" 2/1
head -c 40 whole >run/store/clips/orders; H work run 0 --clips 2>log; check "half a list" same $? 2
H work run 3 --clips 2>log; check "no such shard" same $? 2
chmod g+w run/store/clips; H audit job.yaml -o trusted --store run/store 2>log; check "clips that others may have put there are not taken" same "$(sums trusted)" "$(sums now)"
finish
