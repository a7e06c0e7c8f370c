#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 110
# A transient is never an answer: whatever is not in the music is unfinished work, told, exit
# code 3, tried again the next time. What was judged is what was hashed.
. ./lib.sh
cd "$T"
tone m1.wav 8 1 "treble=g=18:f=4000"; tone x1.wav 9 1 "volume=-6dB"; tone m2.wav 8 2; tone other.wav 8 3
size=$(stat -c %s m2.wav); truncate -s "$size" other.wav
cat >job.yaml <<'Y'
hindsight: 1
artist: Unfinished
releases:
  - title: R
    tracks:
      - {title: T1, master: m1.wav, mix: x1.wav}
      - {title: T2, master: m2.wav}
Y
run() { $HINDSIGHT audit -j 2 --clips all "$@"; }
sum() { sha256sum <"$1/audit.json"; }
key() { python3 -c "import json,sys; d=json.load(open(sys.argv[1]+'/audit.json')); print($2)" "$1"; }
worker() { # of the audit that runs with -o $1: the child of the supervisor
    local p
    for _ in $(seq 200); do
        p=$(pgrep -f -- "audit .*-o $1\$" | while read -r q; do pgrep -P "$q"; done | head -1)
        [ -n "$p" ] && { echo "$p"; return; }
        sleep 0.05
    done
}
run -q job.yaml -o cold; check "cold" same $? 0
cold=$(sum cold)

# the worker is ended while it compares: killed in both tries of a run
cp -r cold killed
python3 - <<'P'
import sqlite3
d = sqlite3.connect("killed/.hindsight/store.sqlite"); d.execute("DELETE FROM results WHERE kind = 2"); d.commit()
P
printf '# a\n' >>job.yaml
LD_PRELOAD=$BUILD/tests/libpoison.so POISON_CRASH=x1.wav run --no-clips job.yaml -o killed 2>log; check "a worker that dies comparing" same $? 3
check "is told in the log" has log "unfinished, tried again"
check "in the report" same "$(key killed "len(d['unfinished'])")" 1
check "in the digest" has killed/digest.txt "Unfinished"
check "no finding is called resolved for it" lacks killed/digest.txt resolved
run -q job.yaml -o killed; check "the next run compares" same "$?/$(sum killed)" "0/$cold"
check "and none is left" same "$(key killed "d['unfinished']")" "[]"

# three runs: quarantine, which only --retry-quarantine undoes, whatever has not changed
python3 - <<'P'
import sqlite3
d = sqlite3.connect("killed/.hindsight/store.sqlite"); d.execute("DELETE FROM results WHERE kind = 2"); d.commit()
P
for i in 1 2 3; do
    printf '# %s\n' $i >>job.yaml
    LD_PRELOAD=$BUILD/tests/libpoison.so POISON_CRASH=x1.wav run -q --no-clips job.yaml -o killed 2>log
done
check "the third run gives it up" same "$(key killed "d['unfinished'][0]['given_up']")" True
before=$(stat -L -c %i killed/audit.json)
run --no-clips job.yaml -o killed 2>log; check "a quiet night" same "$?/$(stat -L -c %i killed/audit.json)" "3/$before"
check "that says why it is 3" has log "in quarantine"
run -q --no-clips --retry-quarantine job.yaml -o killed; check "on demand it is tried" same "$?/$(sum killed)" "0/$cold"

# memory just too small for the worker
run -q --no-clips job.yaml -o small; python3 - <<'P'
import sqlite3
d = sqlite3.connect("small/.hindsight/store.sqlite"); d.execute("DELETE FROM results"); d.commit()
P
printf '# b\n' >>job.yaml
# (one arena: those of further threads have room of their own)
MALLOC_ARENA_MAX=1 LD_PRELOAD=$BUILD/tests/libpoison.so POISON_MEMORY=1 run --no-clips job.yaml -o small 2>log; check "no memory" same $? 3
run -q --no-clips job.yaml -o small; check "with memory" same "$?/$(sum small)" "0/$cold"

# files that go away, come back, are others
mkdir gone; mv m1.wav x1.wav gone; run --no-clips job.yaml -o small 2>log
check "too many are missing: the report is left alone" same "$?/$(sum small)" "12/$cold"
mv gone/* .
cp -p m2.wav keep.wav; touch -r m2.wav stamp; cat other.wav >m2.wav; touch -r stamp m2.wav
run -q --no-clips job.yaml -o small; check "other bytes, same size and time: seen" test "$(sum small)" != "$cold"
cat keep.wav >m2.wav; touch -r stamp m2.wav
run -q --no-clips job.yaml -o small; check "and seen again" same "$(sum small)" "$cold"
run --no-clips --rehash job.yaml -o small 2>log; check "--rehash reads all and finds nothing new" has log "nothing has changed"

# at a chosen place of a run: $1 what, $2 the how-manieth opening of a file of the archive
at() {
    local what=$1 place=$2 swap=$3
    shift 3
    printf '\0\0\0\0\0\0\0\0' >count
    LD_PRELOAD=$BUILD/tests/libfault.so FAULT_OP=${FAULT_OP:-open} FAULT_FILE=archive/ FAULT_AT=$place FAULT_DO=$what \
        FAULT_SWAP=$swap FAULT_COUNT=$T/count run -j 1 "$@"
}
openings() { od -An -t d8 count | tr -d ' '; }
mkdir archive; cp m1.wav x1.wav m2.wav archive
sed 's#: \([mx][12].wav\)#: archive/\1#g' job.yaml >far.yaml
run -q far.yaml -o far; far=$(sum far)

# the archive goes away while it is hashed
run -q --no-clips far.yaml -o left; touch archive/*.wav; left=$(sum left)
at away 1 archive --no-clips far.yaml -o left 2>log; check "away while hashing" same "$?/$(sum left)" "12/$left"
mv archive.away archive
at none 0 "" -q --no-clips far.yaml -o hashed; n_all=$(openings)
python3 - <<'P'
import sqlite3
d = sqlite3.connect("hashed/.hindsight/store.sqlite"); d.execute("DELETE FROM results WHERE kind = 2"); d.commit()
P
cp far.yaml pair.yaml; printf '# only the pair\n' >>pair.yaml; mv pair.yaml far.yaml
cp -r hashed none; at none 0 "" -q --no-clips far.yaml -o none; n_pair=$(openings)
check "a run opens more files than a comparison" test "$n_all" -gt "$n_pair"

# and while it is compared
cp -r hashed gone1; at away 1 archive --no-clips far.yaml -o gone1 2>log; check "away while comparing" same $? 3
check "is unfinished work" has log "unfinished, tried again"
mv archive.away archive; run -q far.yaml -o gone1; check "and done the next time" same "$?/$(sum gone1)" "0/$far"

# the mix is replaced between measuring and comparing, at every opening of that stage
cp other.wav spare.wav
for place in $(seq 1 "$n_pair"); do
    rm -rf swapped; cp -r hashed swapped; cp archive/x1.wav keep.wav
    at swap "$place" spare.wav -q --no-clips far.yaml -o swapped 2>log
    cp other.wav spare.wav; cp keep.wav archive/x1.wav; cp m1.wav archive/m1.wav
    run -q --no-clips far.yaml -o swapped
    check "swapped at $place of $n_pair while comparing" same "$?/$(sum swapped)" "0/$far"
done

# a folder takes the place of a file between its hash and its measures
printf '# measured\n' >>far.yaml; cp -r hashed folded
python3 - <<'P'
import sqlite3
d = sqlite3.connect("folded/.hindsight/store.sqlite"); d.execute("DELETE FROM results"); d.commit()
P
at folder 1 archive/x1.wav --no-clips far.yaml -o folded 2>log
check "a folder in its place" same $? 3
rmdir archive/x1.wav; mv archive/x1.wav.away archive/x1.wav
run -q --no-clips far.yaml -o folded; check "and the file again" same "$?/$(sum folded)" "0/$far"

# the worker is stopped in both tries: hung, and tried again
cp -r hashed stopped
HINDSIGHT_STALL_S=2 at stop 1 "" --no-clips far.yaml -o stopped 2>log
check "one stop is outlived" same "$?/$(sum stopped)" "0/$far"
# and at each opening of a first run: while it hashes, measures, compares, cuts clips
at none 0 "" -q far.yaml -o all; n_all=$(openings); check "of all stages" test "$n_all" -gt 12
for place in 1 $((n_all / 3)) "$n_all"; do
    rm -rf stops; HINDSIGHT_STALL_S=2 at stop "$place" "" -q far.yaml -o stops 2>log
    check "stopped at $place of $n_all" same "$?/$(sum stops)/$(ls stops/clips)" "0/$far/$(ls far/clips)"
done
run -q --no-clips far.yaml -o stopped; check "a worker that was stopped" same "$?/$(sum stopped)" "0/$far"

# slow storage is no hang: comparing takes longer than the limit, and shows life
cp -r hashed slow; SECONDS=0
FAULT_OP=read HINDSIGHT_STALL_S=1 at slow 0 "" --no-clips far.yaml -o slow 2>log
check "slow storage" same "$?/$(sum slow)" "0/$far"
check "which took longer than the limit" test $SECONDS -ge 2

# clips that fail are told and made the next time
n_clips=$(ls far/clips/*.webm | wc -l); check "there are clips" test "$n_clips" -gt 0
cp -r hashed clips; run -q --no-clips far.yaml -o clips
at away 1 archive far.yaml -o clips 2>log; check "away while clips are cut" same $? 3
check "is told" has log "clip r-t1"; mv archive.away archive
run -q far.yaml -o clips; check "and they are there the next time" same "$?/$(ls clips/clips/*.webm | wc -l)" "0/$n_clips"

# links to one file are one file
ln m2.wav hard.wav; ln -s m2.wav soft.wav
sed 's/T2, master: m2.wav}/T2, master: m2.wav}\n      - {title: T3, master: hard.wav}\n      - {title: T4, master: soft.wav}/' job.yaml >links.yaml
run -v --no-clips links.yaml -o links 2>log; check "links" same $? 0
check "one hash for three" same "$(python3 -c "import json; print(json.load(open('links/run.json'))['measured'])")" 3
rm hard.wav soft.wav

# what is no regular file
mkfifo pipe.wav; ln -s /dev/zero zero.wav; mkdir folder.wav
sed 's/T2, master: m2.wav}/T2, master: m2.wav}\n      - {title: T3, master: pipe.wav}\n      - {title: T4, master: zero.wav}\n      - {title: T5, master: folder.wav}\n      - {title: T6, master: {left: m2.wav, right: pipe.wav}}/' job.yaml >odd.yaml
run --no-clips odd.yaml -o odd 2>log; check "a pipe, a device, a folder" same $? 3
check "are refused in words" same "$(grep -c 'not a regular file' log)" 4
check "and the right one of two is named" has log "unreadable: pipe.wav: not a regular file"
before=$(stat -L -c %i odd/audit.json)
run --no-clips odd.yaml -o odd 2>log; check "and the next night is quiet" same "$?/$(stat -L -c %i odd/audit.json)" "3/$before"
for f in pipe zero folder; do
    timeout 20 $HINDSIGHT measure $f.wav >log 2>&1; check "measure refuses $f" same "$?/$(grep -c 'not a regular file' log)" 3/1
done

# the job is read once: an edit during the run is seen by the next one
cp job.yaml edited.yaml
run -q --no-clips edited.yaml -o edited & pid=$!
worker edited >/dev/null; sed -i 's/title: T2/title: T2 anew/' edited.yaml; wait $pid
run -q --no-clips edited.yaml -o edited; check "an edit during the run" has edited/audit.json "T2 anew"

# a file that may not grow is an error in words
(ulimit -f 30; run --no-clips job.yaml -o full 2>log); check "no file larger than 30 kB" same $? 1
check "has a message" has log "File too large"
# a path that the system does not take, and one that may not be opened, are not "no such file"
long=$(printf 'x%.0s' $(seq 300)).wav
sed "s/T2, master: m2.wav/T2, master: $long/" job.yaml >long.yaml
run --no-clips long.yaml -o long 2>log; check "a name that is too long" same "$?/$(grep -c 'File name too long' log)" 3/1
# comparing: what crashes a decoder is a row
cp m1.wav crash.wav; LD_PRELOAD=$BUILD/tests/libpoison.so $HINDSIGHT compare x1.wav crash.wav >out 2>log
check "compare outlives a crash" same "$?/$(grep -c 'signal 11' log)" 1/1
finish
