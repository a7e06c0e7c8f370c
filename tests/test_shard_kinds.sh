#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 130
# Shards with every kind of work: stems, a separator, survival, in-house mastering, updates and
# references. One, three and seven of them leave what one machine does, and the audit behind the
# merge has nothing left to do but to judge.
. ./lib.sh
cd "$T"
export HERE=$T
for i in 1 2 3 4; do tone m$i.wav $((5 + i)) $i; tone x$i.wav $((5 + i)) $i "volume=-6dB"; done
tone v1.wav 6 1 "highpass=f=700,volume=-6dB"; tone b1.wav 6 1 "lowpass=f=200,volume=-6dB"
tone u2.wav 7 2 "volume=-6dB,treble=g=-3:f=6000"; tone new.wav 7 7 "volume=-8dB"
for i in 1 2; do tone ref$i.wav 5 4$i; done; tone mixref.wav 5 51
cat >separator <<'S'
#!/usr/bin/env bash
# separator IN OUT: what is low, and the rest
echo "$OMP_NUM_THREADS" >>"$HERE/threads"
sox -V1 -D "$1" "$2/bass.wav" lowpass 200 && sox -V1 -D -m -v 1 "$1" -v -1 "$2/bass.wav" "$2/other.wav"
S
chmod +x separator
cat >job.yaml <<Y
hindsight: 1
artist: Kinds
targets: {references: [ref1.wav, ref2.wav, m4.wav], mix_references: [mixref.wav]}
survival: all
preview: yes
separate: {command: [$T/separator, "{in}", "{out}"], version: [echo, one], outputs: {bass: bass.wav, other: other.wav}}
releases:
  - title: R
    tracks:
      - {title: T1, master: m1.wav, mix: x1.wav, stems: {vocal: v1.wav, bass: b1.wav}}
      - {title: T2, master: m2.wav, mix: x2.wav, update: {mix: u2.wav}}
      - {title: T3, master: m3.wav, mix: [x3.wav, x4.wav]}
      - {title: T4, master: m4.wav}
  - title: To come
    tracks:
      - {title: T5, mix: new.wav}
Y
H() { $HINDSIGHT "$@" -q -j 2; }
H audit job.yaml -o one --no-clips 2>log; code=$?
want=$(sha256sum <one/audit.json)
check "one machine" same "$code" 0
check "has previews" test "$(jq '[.tracks[] | select(.preview)] | length' one/audit.json)" -ge 2
check "has instruments of both kinds" same "$(jq -r '[.tracks[].instruments // [] | .[].source] | unique | join(" ")' one/audit.json)" "separated stem"
check "and survival" test "$(jq '[.tracks[] | select(.survival)] | length' one/audit.json)" -ge 4
check "the separator has the threads of -j" same "$(sort -u threads)" 2
runs=$(wc -l <threads)

total() { jq "[.shards[].$1] | add * 1000 | round" "$2/plan.json"; }
for n in 1 3 7; do
    : >threads
    H split job.yaml -n $n -o r$n; check "split into $n" same $? 0
    for i in $(seq 0 $(($(jq '.shards | length' r$n/plan.json) - 1))); do H work r$n $i 2>>log; check "shard $i of $n" same $? 0; done
    check "$n: the separator ran in the shards" same "$(wc -l <threads)" "$runs"
    H merge r$n >text; check "$n: merged" same "$?/$(grep -c missing text)" 0/0
    $HINDSIGHT audit -v job.yaml -o r$n.out --store r$n/store --no-clips -j 2 2>audit.log
    check "$n: the same bytes" same "$?/$(sha256sum <r$n.out/audit.json)" "$code/$want"
    check "$n: nothing was left to do" same "$(grep -cE '^(measuring|comparing|fitting|mastering)' audit.log)/$(wc -l <threads)" "0/$runs"
    for s in measuring_s comparing_s fitting_stems_s mastering_s separating_s weight_s; do
        check "$n: $s is counted" test "$(total $s r$n)" -gt 0
        check "$n: $s whatever the number of shards" same "$(total $s r$n)" "$(total $s r1)"
    done
done
check "even shards" test "$(jq '[.shards[].weight_s] | max < 2 * (add / length)' r3/plan.json)" = true

# --- a later night, in which nothing is new but one mix: all kinds are taken from the store of the run
: >threads
tone x2.wav 7 2 "volume=-6dB,bass=g=1"
H split job.yaml -n 3 -o r3
for i in 0 1 2; do $HINDSIGHT work r3 $i -j 2 2>>night; done
check "one mix is measured" same "$(grep -o '[0-9]* measured' night | awk '{n += $1} END {print n}')" 1
check "and taken apart" same "$(wc -l <threads)" 1
H merge r3 >text; rm -rf r3.out
H audit job.yaml -o two --no-clips --store one/.hindsight; H audit job.yaml -o r3.out --store r3/store --no-clips
check "the same bytes again" same "$(sha256sum <r3.out/audit.json)" "$(sha256sum <two/audit.json)"

# --- a command is run only where nobody else could have put it there
: >threads
sed '/T1/,/T3/d' job.yaml >small.yaml
H split small.yaml -n 1 -o t; chmod g+w t/shards/0
$HINDSIGHT work t 0 -j 2 2>log; check "a shard that others may write" same "$(grep -c 'command is not run' log)/$(wc -l <threads)" 1/0
chmod g-w t/shards/0; chmod o+w t/plan.json; rm -f t/parts/*
$HINDSIGHT work t 0 -j 2 2>log; check "and a plan" same "$(grep -c 'command is not run' log)/$(wc -l <threads)" 1/0

# --- where the audio cannot be seen there is no telling what it weighs
mkdir away; mv *.wav away
H split job.yaml -n 3 -o gone 2>log; check "split without the archive" same "$?/$(grep -c 'not mounted' log)" 12/1
finish
