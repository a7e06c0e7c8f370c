#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 180
# An audit over many machines: whatever happens to shards (killed, run twice, damaged, missing),
# the report has the bytes of one machine's.
. ./lib.sh
cd "$T"
for i in 1 2 3 4 5 6; do tone m$i.wav $((3 + i % 3)) $i; done
for i in 1 2 3; do tone x$i.wav $((4 + i % 3)) $i "volume=-6dB"; done
tone y2.wav 5 9; cp m4.wav copy.wav; ln m5.wav hard.wav; echo "no audio" >broken.wav; tone v2.wav 4 2 "highpass=f=400"; tone k2.wav 4 8; tone u1.wav 5 1 "volume=-6dB,treble=g=-3:f=6000"
cat >job.yaml <<'Y'
hindsight: 1
artist: Shards
targets: {references: [m6.wav]}
releases:
  - title: R
    tracks:
      - {title: T1, master: m1.wav, mix: x1.wav, update: {mix: u1.wav}}
      - {title: T2, master: m2.wav, mix: [x2.wav, y2.wav], stems: {vocal: v2.wav, kick: k2.wav}}
      - {title: T3, master: m3.wav, mix: x3.wav}
      - {title: T4, master: m4.wav}
      - {title: T5, master: m5.wav}
      - {title: T6, master: copy.wav}
      - {title: T7, master: hard.wav, mix: x1.wav}
      - {title: T8, master: broken.wav}
Y
H() { $HINDSIGHT "$@" -q -j 2; }
sum() { sha256sum <"$1/audit.json"; }
H audit job.yaml -o one --no-clips; code=$?; want=$(sum one)
check "one machine" same $code 3
judge() { H audit job.yaml -o "$1.out" --store "$1/store" --no-clips 2>log; }
equal() { judge "$1"; check "$1: the same bytes" same "$?/$(sum "$1.out")" "$code/$want"
    check "$1: nothing was measured again" has "$1.out/run.json" '"measured":0,'; }

# --- one, three and seven shards
for n in 1 3 7; do
    H split job.yaml -n $n -o r$n; check "split into $n" same $? 0
    n_shards=$(jq '.shards | length' r$n/plan.json)
    for i in $(seq $((n_shards - 1)) -1 0); do H work r$n $i 2>log; [ $? = 3 ] && unread=$i; done
    H merge r$n >text; check "all are there" same "$?/$(grep -c missing text)" 0/0
    equal r$n
done
check "no more shards than units of work" test "$(jq '.shards | length' r7/plan.json)" -le 7
check "no file is measured twice" same "$(jq '[.shards[].files] | add' r7/plan.json)" 16
check "and no pair" same "$(jq '[.shards[].pairs] | add' r7/plan.json)" "$(jq '[.shards[].pairs] | add' r1/plan.json)"
H split job.yaml -n 3 -o again; check "the same job gives the same plan" cmp -s <(jq .hash again/plan.json) <(jq .hash r3/plan.json)
check "broken files are told by their shard" test -n "$unread"

# --- the index of a job array, of several engines
for v in HINDSIGHT_SHARD=2 SLURM_ARRAY_TASK_ID=2 PBS_ARRAY_INDEX=2 PBS_ARRAYID=2 JOB_COMPLETION_INDEX=2 AWS_BATCH_JOB_ARRAY_INDEX=2 LSB_JOBINDEX=3 SGE_TASK_ID=3; do
    check "$v" eval "env LSB_JOBINDEX=0 SGE_TASK_ID=undefined $v $HINDSIGHT work r3 2>log; has log 'shard 2'"
done
env -u SLURM_ARRAY_TASK_ID $HINDSIGHT work r3 2>log; check "no index at all" same "$?/$(grep -c 'from 0 to 2' log)" 2/1
for bad in 3 -1 x 1.5 ""; do H work r3 "$bad" 2>log; check "no such shard: $bad" same $? 2; done

# --- a shard that is killed, one that runs twice at once, one that is stopped, damage
H split job.yaml -n 3 -o k
heaviest=$(jq '[.shards[].weight_s] | index(max)' k/plan.json)
others=$(seq 0 2 | grep -v "^$heaviest\$")
TMPDIR=$T $HINDSIGHT work k "$heaviest" -q -j 1 & sleep 0.4; kill -9 $! 2>out.err; wait $! 2>out.err
for i in $others; do H work k $i & H work k $i & wait; done 2>log
H merge k >text 2>log; check "a part is missing" same "$?/$(grep -o 'missing: .*' text)" "3/missing: $heaviest"
printf '\0\0\0\0\0\0\0\0' >count
LD_PRELOAD=$BUILD/tests/libfault.so FAULT_OP=read FAULT_DO=slow FAULT_AT=0 FAULT_FILE=.wav FAULT_COUNT=$T/count \
    $HINDSIGHT work k "$heaviest" -q -j 1 2>log & pid=$!
sleep 3; kill -TERM $pid; wait $pid; check "stopped by TERM" same $? 143
check "it keeps what it has" test -s k/parts/$heaviest.begun.sqlite
H merge k >text 2>log; check "which is not all" same $? 3
H work k "$heaviest" 2>log; check "taken up again" test -s k/parts/$heaviest.sqlite -a ! -e k/parts/$heaviest.begun.sqlite
check "no more is left on the node than by the one that was killed" test "$(ls -d "$T"/hindsight-* 2>out.err | wc -l)" -le 1
H merge k >text; check "and merged" same $? 0
cp k/store/store.sqlite first.sqlite; H merge k >text; check "a merge repeated" same "$?/$(grep -o ', 0 of them new' text)" "0/, 0 of them new"
equal k
cp k/parts/0.sqlite whole.sqlite
python3 - <<'P'
data = bytearray(open("k/parts/0.sqlite", "rb").read()); data[len(data) // 2] ^= 8
open("k/parts/0.sqlite", "wb").write(data)
P
rm -rf k/store k.out; H merge k >text 2>log; check "a damaged part" same "$?/$(grep -o 'missing: .*' text)" "3/missing: 0"
check "is called so" has log "damaged"
head -c 20000 whole.sqlite >k/parts/0.sqlite; H merge k >text 2>log; check "half a part" same $? 3
python3 - <<'P'
import shutil, sqlite3
shutil.copy("whole.sqlite", "k/parts/0.sqlite")
d = sqlite3.connect("k/parts/0.sqlite"); d.execute("DELETE FROM results WHERE rowid = (SELECT min(rowid) FROM results WHERE kind = 1)"); d.commit()
P
H merge k >text 2>log; check "a part that lost a row" same "$?/$(grep -c damaged log)" 3/1
echo text >k/parts/0.sqlite; H merge k >text 2>log; check "no part at all" same $? 3
cp r3/parts/0.sqlite k/parts/1.sqlite 2>out.err; H merge k >text 2>log; check "two of them" has text "missing: 0-1"
H work k 0 2>log; H work k 1 2>log; H merge k >text; equal k

# --- planted links: RUN and all that is written in it; owners and rights
mkdir victim; for f in store.sqlite lock 0.sqlite plan.json orders letter; do echo precious >victim/$f; done
census() { (cd victim && find . -exec stat -c '%n %s %Y %F %h' {} + && find . -type f -exec sha256sum {} +) | sort; }
H split job.yaml -n 1 -o fresh; H work fresh 0 2>log; H merge fresh >text; judge fresh; cp -a fresh victim/run
untouched=$(census)
plant() { # WHAT CODE PLANTING COMMAND...: what is refused is told; else what is replaced is the link
    local what=$1 want=$2
    rm -rf l; cp -a fresh l; eval "$3"; shift 3
    H "$@" >text 2>log; check "$what: $*" same $? "$want"
    [ "$want" != 1 ] || check "$what: in words" grep -qE "link|may write|belongs" log
    check "$what: the victim is untouched" same "$(census)" "$untouched"
}
split="split job.yaml -n 1 -o l" work="work l 0" merge="merge l" clips="work l 0 --clips"
for c in "$split" "$split/" "$work" "$merge" "$clips"; do
    plant "RUN is a link" 1 "rm -r l; ln -s victim/run l" $c
    plant "others may write RUN" 1 "chmod o+w l" $c
done
for f in shards parts log store; do plant "$f is a link" 1 "rm -r l/$f; ln -s ../victim l/$f" $split; done
plant "parts is a link" 1 "rm -r l/parts; ln -s ../victim l/parts" $work
for c in "$merge" "$clips"; do
    plant "store is a link" 1 "rm -r l/store; ln -s ../victim l/store" $c
    plant "the desk of clips is a link" 1 "rm -r l/store/clips; ln -s ../../victim l/store/clips" $c
done
for f in store.sqlite lock; do plant "$f is a link" 1 "rm l/store/$f; ln -s ../../victim/$f l/store/$f" $merge; done
for f in shards/0 plan.json submit.sh shard.sbatch; do
    plant "$f is a link" 0 "rm l/$f; ln -s '$T/victim/letter' l/$f" $split; check "$f is a file again" test -f l/$f -a ! -L l/$f
done
plant "a part is a link" 3 "rm l/parts/0.sqlite; ln -s ../../victim/0.sqlite l/parts/0.sqlite" $work
check "it is measured again" test -s l/parts/0.sqlite -a ! -L l/parts/0.sqlite

# --- a node without a local disk that can be written: the run has a folder for that, and no link
no_disk() { LD_PRELOAD=$BUILD/tests/libfault.so FAULT_ROOM_IN=$1 "${@:2}"; }
rm -rf l; cp -a fresh l; rm l/parts/0.sqlite
no_disk l/scratch/ $HINDSIGHT work l 0 -q 2>log; check "no /tmp" same "$?/$(ls l/parts)/$(ls l/scratch)" "3/0.sqlite/"
no_disk l/scratch/ plant "scratch is a link" 1 "rm l/parts/0.sqlite; ln -s ../victim l/scratch" $work
no_disk l/scratch/ plant "others may write scratch" 1 "rm l/parts/0.sqlite; mkdir l/scratch; chmod 777 l/scratch" $work
rm -f l/parts/0.sqlite; no_disk /nowhere/ $HINDSIGHT work l 0 -q 2>log; check "no room anywhere" same "$?/$(ls l/parts)" 1/

for f in parts store; do plant "others may write $f" 1 "chmod o+w l/$f" $split; done
plant "its group may write RUN" 1 "chmod g+w l" $split
plant "as it is meant to" 0 "chmod g+w l" $split --shared-state
check "and the tasks are told" same "$(grep -c -- ' --shared-state' l/{shard,merge,clips,report}.sbatch | cut -d: -f2 | tr '\n' ' ')" "1 2 1 1 "
! root || plant "RUN of another user" 1 "chown 1234 l" $split

# --- a full disk of a node, and a plan, a job, a program that changed
H split job.yaml -n 2 -o f
(ulimit -f 20; H work f 0 2>log); check "no room on the node" same $? 1
check "is told" grep -qE "too large|full|I/O" log
check "and no part is there" test ! -e f/parts/0.sqlite
H work f 0 2>log; H work f 1 2>log; H merge f >text; equal f
sed 's/T6/T6 anew/' job.yaml >other.yaml; H split other.yaml -n 2 -o f
H merge f >text 2>log; check "parts of another plan are none of this one" same "$?/$(grep -o 'missing: .*' text)" "3/missing: 0-1"
echo "# x" >>other.yaml; H work f 0 2>log; check "a job that changed since" same "$?/$(grep -c 'has changed since' log)" 2/1
printf x >>f/shards/0; sed -i '$d' other.yaml; H work f 0 2>log; check "a shard that is not of the plan" same $? 2
jq -c '.job_hash = "1"' f/plan.json >edited; mv edited f/plan.json; H work f 1 2>log; check "a plan that was edited" same $? 2
rm f/plan.json; H work f 0 2>log; check "no plan" same $? 2; H merge f 2>log; check "none to merge" same $? 2
H split job.yaml -n 2 -o gone; mkdir away; mv m*.wav x*.wav away; H work k 2 2>log; H work gone 0 2>log; a=$?; H work gone 1 2>log; b=$?
check "a node without the archive" has log "not mounted"; check "leaves no part" eval "[ $a = 12 -o $b = 12 ]"; mv away/* .

# --- a night later: what the store of the run knows is not measured again
tone m3.wav 6 33; tone m9.wav 4 99
sed -i 's/title: T8, master: broken.wav/title: T8, master: m9.wav/' job.yaml
H split job.yaml -n 3 -o k
for i in 0 1 2; do $HINDSIGHT work k $i -j 2 2>>night; done
measured=$(grep -o '[0-9]* measured' night | awk '{n += $1} END {print n}'); compared=$(grep -o '[0-9]* compared' night | awk '{n += $1} END {print n}')
check "only what is new is measured" same "$measured/$compared" 2/1
H merge k >text; H audit job.yaml -o two --no-clips; code=$?; want=$(sum two); rm -rf k.out; equal k

# --- as many threads as the task was given, and no more than may run
threads() { rm -rf thr; "$@" audit -q --no-clips small.yaml -o thr; jq .threads thr/run.json; }
printf 'hindsight: 1\nartist: S\nreleases: [{title: R, tracks: [{title: A, master: m1.wav}]}]\n' >small.yaml
check "threads by Slurm" same "$(threads env SLURM_CPUS_PER_TASK=3 $HINDSIGHT)" 3
check "threads by affinity" same "$(threads env -u SLURM_CPUS_PER_TASK taskset -c 0 $HINDSIGHT)" 1
check "threads by -j" same "$(threads env SLURM_CPUS_PER_TASK=3 $HINDSIGHT -j 2)" 2

# --- file systems of a network: no log with shared memory, alone, one warning
net() { LD_PRELOAD=$BUILD/tests/libfault.so FAULT_STATFS=$1 $HINDSIGHT audit -j 2 --no-clips job.yaml -o net --store net.store 2>log; }
net 0x6969; check "on NFS" same "$?/$(sum net)" "$code/$want"
check "one warning, with advice" same "$(grep -c 'network file system (NFS).*--store' log)" 1
check "no log beside it" same "$(ls net.store | tr '\n' ' ')" "lock store.sqlite "
check "nor in it" same "$(sqlite3 net.store/store.sqlite 'PRAGMA journal_mode' 2>out.err || python3 -c "import sqlite3; print(sqlite3.connect('net.store/store.sqlite').execute('PRAGMA journal_mode').fetchone()[0])")" delete
net 0xff534d42; check "CIFS" has log "(CIFS)"; net 0x0bd00bd0; check "Lustre" has log "(Lustre)"; net 0x65735546; check "FUSE" has log "(FUSE)"
run_local() { $HINDSIGHT audit -q --no-clips job.yaml -o net --store net.store 2>log; }
run_local; check "a store that was moved to a local disk has its log again" same "$?/$(sum net)" "$code/$want"
printf '# n\n' >>job.yaml; net 0x6969; check "and the other way round" same "$?/$(sum net)" "$code/$want"
LD_PRELOAD=$BUILD/tests/libfault.so FAULT_NO_LOCKS=1 $HINDSIGHT audit -q --no-clips job.yaml -o nolock 2>log
check "locks that keep nobody out" same "$?/$(grep -c 'keeps nobody out' log)/$(ls nolock 2>out.err)" 1/1/

# --- the merge is one writer
mkdir -p k/store; flock k/store/lock sleep 2 & sleep 0.3; H merge k 2>log; check "locked" same $? 11; wait
H merge --json k >text; check "as JSON" same "$(jq -r .missing text)/$(jq .nondeterminism text)" /0
for f in shard.sbatch merge.sbatch submit.sh; do check "$f is a script" bash -n k/$f; done
H split job.yaml -n 2 -o "a b'c" && bash -n "a b'c/submit.sh"; check "a folder with blanks and quotes" same $? 0
H split job.yaml -n 0 -o z 2>log; check "no shards" same $? 2; H split job.yaml -n 2 2>log; check "no folder" same $? 2
mkdir bin; printf '#!/bin/sh\necho "MaxArraySize            = 1001"\n' >bin/scontrol; chmod +x bin/scontrol
cat >bin/sbatch <<'S'
#!/bin/sh
echo "$*" >>sbatch.said; wc -l <sbatch.said
S
chmod +x bin/sbatch
THROTTLE=9 CPUS=3 TIME=7 SBATCH_OPTIONS="-p short -A account" PATH=$T/bin:$PATH k/submit.sh 1,2 >text; check "submitted" same "$?/$(cat text)" "0/array 1, merge 2, clips 3, report 4"
check "options of the site go to every job" same "$(grep -c -- '-p short -A account' sbatch.said)" 4
check "the shards that were named, so many at once, so large" grep -q -- "--array=1,2%9 -c 3 --time=7 .*shard.sbatch" sbatch.said
check "the merge whatever becomes of them" grep -q -- "--dependency=afterany:1 .*merge.sbatch" sbatch.said
check "clips only where nothing is missing" grep -q -- "--dependency=afterok:2 --kill-on-invalid-dep=yes --array=0-2%9 .*clips.sbatch" sbatch.said
check "the report behind them" grep -q -- "--dependency=afterok:2,afterany:3 .*report.sbatch" sbatch.said
PATH=$T/bin:$PATH H split job.yaml -n 1002 -o z 2>log; check "more than the site takes" same "$?/$(grep -c 'MaxArraySize' log)" 2/1
finish
