#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 60
# A run on Slurm: one controller and three nodes on this machine, started by the test and ended by
# their pid files. An array with a throttle, a node that dies, a task that its time limit ends, a
# merge; the report has the bytes of one machine's.
. ./lib.sh
SLURM=$(cd ../build/slurm/root && pwd) || exit 1
[ "$(id -u)" = 0 ] || { echo "root is needed to start Slurm" >&2; exit 1; }
lib=$SLURM/usr/lib/$(gcc -print-multiarch)
export LD_LIBRARY_PATH=$lib:$lib/slurm-wlm PATH=$SLURM/usr/bin:$SLURM/usr/sbin:$PATH
R=$T/slurm host=$(hostname -s)
chmod 755 "$T"; mkdir -p "$R"/{state,log,munge}; chmod 700 "$R/munge"
export SLURM_CONF=$R/slurm.conf

stop_all() {
    local f
    for f in "$R"/slurmd.*.pid "$R"/slurmctld.pid "$R"/munge/pid; do [ -s "$f" ] && kill "$(cat "$f")" 2>/dev/null; done
    for _ in $(seq 40); do ls "$R"/slurmd.*.pid "$R"/slurmctld.pid "$R"/munge/pid >/dev/null 2>&1 || break; sleep 0.25; done
    [ ! -e "$T/hosts" ] || cat "$T/hosts" >/etc/hosts
    rm -rf "$T"
}
trap stop_all EXIT
getent hosts "$host" >/dev/null || { cp /etc/hosts "$T/hosts"; echo "127.0.0.1 $host" >>/etc/hosts; }

configure() {
    head -c 1024 /dev/urandom >"$R/munge/key"; chmod 400 "$R/munge/key"
    cat <<C
ClusterName=ci
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
PluginDir=$lib/slurm-wlm
AuthType=auth/munge
AuthInfo=socket=$R/munge/socket
CredType=cred/munge
StateSaveLocation=$R/state
SlurmdSpoolDir=$R/spool.%n
SlurmctldPidFile=$R/slurmctld.pid
SlurmdPidFile=$R/slurmd.%n.pid
SlurmctldLogFile=$R/log/slurmctld.log
SlurmdLogFile=$R/log/slurmd.%n.log
SlurmctldPort=16817
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/filetxt
JobCompLoc=$R/log/jobcomp.txt
MailProg=/bin/true
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmdTimeout=5
MessageTimeout=5
MaxArraySize=101
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
SlurmdParameters=config_overrides
C
    for i in 1 2 3; do
        mkdir -p "$R/spool.n$i"
        echo "NodeName=n$i NodeHostname=$host NodeAddr=127.0.0.1 Port=$((16820 + i)) CPUs=2 RealMemory=1000 State=UNKNOWN"
    done
    echo "PartitionName=ci Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverTimeLimit=0"
}
configure >"$R/slurm.conf"
node() { slurmd -N "n$1" -d "$SLURM/usr/sbin/slurmstepd"; }
munged --force --socket="$R/munge/socket" --key-file="$R/munge/key" --log-file="$R/munge/log" \
    --pid-file="$R/munge/pid" --seed-file="$R/munge/seed"
slurmctld
for i in 1 2 3; do node $i; done
settled() { # JOB: its tasks have ended; those that were queued again need not wait two minutes
    local t
    for _ in $(seq "${2:-120}"); do
        [ -z "$(squeue -h -j "$1" 2>/dev/null)" ] && return
        for t in $(squeue -h -r -t PD -o %A -j "$1" 2>/dev/null); do scontrol update JobId="$t" StartTime=now 2>/dev/null; done
        sleep 0.5
    done
    squeue -l -j "$1"; return 1
}

cd "$T"
for i in 1 2 3 4 5 6; do tone m$i.wav $((3 + i % 3)) $i; done
for i in 1 2; do tone x$i.wav $((4 + i % 3)) $i "volume=-6dB"; done
tone m1.wav 11 1 "treble=g=9:f=5000"; tone x1.wav 11 1 "volume=-6dB" # something to hear
{
    printf 'hindsight: 1\nartist: Cluster\nreleases:\n  - title: R\n    tracks:\n'
    for i in 1 2; do printf '      - {title: T%s, master: m%s.wav, mix: x%s.wav}\n' $i $i $i; done
    for i in 3 4 5 6; do printf '      - {title: T%s, master: m%s.wav}\n' $i $i; done
} >job.yaml
idle() { [ "$(sinfo -h -N -o %t | grep -c idle)" = 3 ]; }
for _ in $(seq 60); do idle && break; sleep 0.5; done
idle || { tail -5 "$R"/log/* >&2; echo "Slurm does not start: nothing to test with" >&2; exit 1; }
$HINDSIGHT audit -q --no-clips job.yaml -o one; check "one machine" same $? 0
want=$(sha256sum <one/audit.json)
sum() { sha256sum <"$1/audit.json"; }

# --- an array with a throttle, and the merge behind it, as submit.sh has it
$HINDSIGHT split job.yaml -n 102 -o big 2>log; check "more than MaxArraySize" same "$?/$(grep -c MaxArraySize log)" 2/1
$HINDSIGHT split -q job.yaml -n 4 -o run; check "split" same $? 0
out=$(CPUS=1 TIME=5 THROTTLE=2 run/submit.sh); check "submitted" same $? 0
jobs=$(grep -oE '[0-9]+' <<<"$out" | paste -sd,)
check "four steps" same "$(tr ',' '\n' <<<"$jobs" | wc -l)" 4
most=0
for _ in $(seq 300); do
    n=$(squeue -h -r -t R -j "${jobs%%,*}" 2>/dev/null | wc -l); [ "$n" -gt $most ] && most=$n
    [ -z "$(squeue -h -j "$jobs" 2>/dev/null)" ] && break
    sleep 0.2
done
check "no more than two at once" test $most -ge 1 -a $most -le 2
check "four parts" same "$(ls run/parts | tr '\n' ' ')" "0.sqlite 1.sqlite 2.sqlite 3.sqlite "
check "merged, and judged" same "$(sum run/judged)" "$want"
check "then the clips, and the report" same "$(sum reports/job)" "$want"
check "which has clips" test "$(ls reports/job/clips/*.key | wc -l)" -ge 1
check "that were cut by the array" same "$(ls run/store/clips/*.key | wc -l)" "$(ls reports/job/clips/*.key | wc -l)"
check "and by nothing else" lacks run/log/report.log "clips"
check "the log of each task" same "$(ls run/log | tr '\n' ' ')" "0.log 1.log 2.log 3.log clips.0.log clips.1.log clips.2.log clips.3.log merge.log report.log "

# --- a task that its time limit ends: Slurm looks every 30 s for those that come near to it, and sends
# TERM up to that much early: here 3 to 33 s after the start. What comes of it is looked at below, so
# that the waiting is for both. A task that starts when the link is gone reads at full speed.
slow_by() { ln -s "$BUILD/tests/libfault.so" "$1"
    echo "ALL,LD_PRELOAD=$T/$1,FAULT_OP=read,FAULT_DO=slow,FAULT_AT=0,FAULT_FILE=.wav,FAULT_COUNT=$T/$1.count"
    printf '\0\0\0\0\0\0\0\0' >"$1.count"; }
$HINDSIGHT split -q job.yaml -n 1 -o late
late=$(sbatch --parsable --array=0 --exclude=n2 -c 1 --time=1 --signal=B:TERM@27 --export="$(slow_by late.so)" -o "$T/late/log/%a.log" late/shard.sbatch)
for _ in $(seq 80); do squeue -h -r -t R -j "$late" | grep -q . && break; sleep 0.25; done

# --- a task that fails, a disk that is full on one node, a part that is damaged, a job that changes
# meanwhile: what is missing is told in words that submit.sh takes, and is all that is run again
$HINDSIGHT split -q job.yaml -n 4 -o hurt
cat >hurt.sbatch <<S
#!/bin/bash
case \$SLURM_ARRAY_TASK_ID in
1) exit 7 ;;
2) ulimit -f 20 ;;
esac
$HINDSIGHT work "$T/hurt"
S
job=$(sbatch --parsable --array=0-3 -c 1 --time=5 -o "$T/hurt/log/%a.log" hurt.sbatch)
settled "$job"; check "an array with three tasks that leave no good part" same $? 0
head -c 4000 /dev/zero | tr '\0' x | dd of=hurt/parts/3.sqlite bs=1 seek=8300 conv=notrunc status=none
$HINDSIGHT merge hurt >text 2>log; check "what is missing" same "$?/$(grep missing text)" "3/missing: 1-3"
check "why: damaged" has log "shard 3: its part is damaged"
check "why: no room" grep -qiE "too large|full|I/O" hurt/log/2.log
cp job.yaml whole.yaml; echo "# another" >>job.yaml
job=$(sbatch --parsable --array=1 -c 1 --time=5 -o "$T/hurt/log/%a.log" hurt/shard.sbatch); settled "$job"
check "why: the job has changed since" has hurt/log/1.log "has changed since it was split"
cp whole.yaml job.yaml
out=$(CPUS=1 TIME=5 hurt/submit.sh 1-3); settled "$(grep -oE '[0-9]+' <<<"$out" | paste -sd,)" 200; check "run again" same $? 0
check "and all is there" same "$(sum hurt/judged)" "$want"

# --- a node dies with its task; what is missing is run again
$HINDSIGHT split -q job.yaml -n 3 -o lost
job=$(sbatch --parsable --array=0-2 -c 2 --time=5 --export="$(slow_by lost.so)" -o "$T/lost/log/%a.log" lost/shard.sbatch)
for _ in $(seq 60); do squeue -h -r -t R -w n2 -o %a -j "$job" 2>/dev/null | grep -q . && break; sleep 0.25; done
shard=$(squeue -h -r -t R -w n2 -o %K -j "$job"); check "a task runs on n2" test -n "$shard"
daemon=$(cat "$R/slurmd.n2.pid")
for _ in $(seq 60); do # Slurm says that it runs a little before it does
    mine=$(for p in $(pgrep -f "hindsight work $T/lost|hindsight work '$T/lost|shard.sbatch|job0"); do
        tr '\0' '\n' <"/proc/$p/environ" 2>/dev/null | grep -q '^SLURMD_NODENAME=n2$' && echo "$p"; done)
    steps=$(for p in $mine; do ps -o ppid= -p "$p"; done | xargs -rn1 | sort -u | xargs -rI{} ps -o pid=,comm= -p {} | awk '$2 ~ /^slurmstepd/ {print $1}')
    [ -n "$steps" ] && break
    sleep 0.25
done
check "its step daemon" test -n "$steps"
kill -9 "$daemon" $steps $mine 2>out.err # the step daemon before its task: it would tell how the task ended
for _ in $(seq 120); do sinfo -h -N -n n2 -o %t | grep -q down && break; sleep 0.5; done
check "the node is down" eval 'sinfo -h -N -n n2 -o %t | grep -q down'
$HINDSIGHT merge lost >text 2>log; check "its shard is missing" has text "$shard"
rm lost.so
settled "$job" 160; check "requeued and done" same $? 0
node 2 # behind that: a node that tells of the lost step while the task runs there again confuses Slurm 22.05
$HINDSIGHT merge lost >text; check "all is there" same "$?/$(grep -c missing text)" 0/0
$HINDSIGHT audit -q --no-clips job.yaml -o lost.out --store lost/store; check "the same bytes" same "$(sum lost.out)" "$want"
check "from the store alone" has lost.out/run.json '"measured":0,'

# --- the task that its time limit ended keeps what it has and is queued again
for _ in $(seq 240); do [ -s late/parts/0.begun.sqlite ] && break; sleep 0.25; done
check "it keeps what it has" test -s late/parts/0.begun.sqlite
rm late.so
sleep 3 # a node takes no task back within the second in which it was ended: Slurm waits two minutes, the test need not
settled "$late" 240; check "taken up where it stopped, and done" same "$?/$(ls late/parts)" 0/0.sqlite
check "it was queued again" eval 'scontrol show job "$late" | grep -q Restarts=1'
$HINDSIGHT merge late >text; check "merged" same $? 0
$HINDSIGHT audit -q --no-clips job.yaml -o late.out --store late/store; check "the same bytes again" same "$(sum late.out)" "$want"
finish
