#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 120
# What an audit keeps on disk: locks and keys, a report that stands or not, publishing that
# is one step, and links, owners and rights with which others could lead it astray.
. ./lib.sh
cd "$T"
for i in 1 2; do tone m$i.flac 4 $i; done; tone x1.flac 5 1 "volume=-6dB"
job() { # ARTIST TITLE...: a job file with a track for each title
    printf 'hindsight: 1\nartist: %s\nreleases:\n  - title: R\n    tracks:\n' "$1"
    shift
    for t in "$@"; do printf '      - {title: %s, master: %s/m%s.flac}\n' "$t" "$T" "${t: -1}"; done
}
job Alpha T1 T2 >a.yaml; job Beta U1 >b.yaml
sed -i 's/m1.flac}/m1.flac, mix: x1.flac}/' a.yaml
run() { $HINDSIGHT audit -q --no-clips "$@"; }
sum() { sha256sum <"$1/audit.json"; }
touch_job() { printf '# %s\n' "$RANDOM$RANDOM" >>"$1"; }
whole() { [ -s "$1/index.html" ] && [ -d "$1/tracks/" ] && jq -e .format "$1/audit.json" >out.jq; }

# --- one report folder, two stores: they take turns, and a report stands whatever happens
for i in 1 2 3 4; do
    run a.yaml -o one --store s1 2>log1 & p=$!
    run a.yaml -o one --store s2 2>log2; c2=$?
    wait $p; c1=$?
    check "one of them at least was done: $c1 $c2" test $c1 = 0 -o $c2 = 0
    check "the other was done or told of the lock: $c1 $c2" eval '[[ "0 11" == *$c1* && "0 11" == *$c2* ]]'
    check "a report stands" whole one
    touch_job a.yaml
done
run a.yaml -o one --store s1 --wait-lock 60 & run a.yaml -o one --store s2 --wait-lock 60; c2=$?
wait $!; check "with --wait-lock both are done" same "$?/$c2" 0/0
check "the lock of a store is named" eval "flock s1/lock sleep 2 & sleep .2; run a.yaml -o other --store s1 2>log; [ \$? = 11 ] && has log s1/lock"
wait

# --- one store, two report folders: each has its own last run
run a.yaml -o two1 --store s; run a.yaml -o two2 --store s 2>log
check "the second folder gets a report too" whole two2
check "of the same bytes" same "$(sum two1)" "$(sum two2)"
sed -i 's/title: T2/title: T3/; s/m3.flac/m2.flac/' a.yaml; run a.yaml -o two1 --store s
run a.yaml -o two2 --store s
check "and is not told that nothing has changed over older content" same "$(sum two1)" "$(sum two2)"
# --- one store, two jobs: neither is compared with the other
run b.yaml -o b1 --store s; check "the other job begins anew" has b1/digest.txt "First run"
touch_job a.yaml; touch_job b.yaml
$HINDSIGHT audit -q --no-clips --fail-on note a.yaml -o two1 --store s; check "no gate fires" same $? 0
$HINDSIGHT audit -q --no-clips --fail-on note b.yaml -o b1 --store s; check "for neither" same $? 0
check "nothing has changed since its own last run" has b1/digest.txt "Nothing has changed"
# --- two jobs of one name
mkdir -p d1 d2; cp b.yaml d1/job.yaml; job Gamma V2 >d2/job.yaml
run d1/job.yaml; run d2/job.yaml
check "each report lies beside its job" same "$(jq -r .artist d1/reports/job/audit.json d2/reports/job/audit.json | tr '\n' ' ')" "Beta Gamma "
# --- the report of another job
before=$(sum b1)
run d2/job.yaml -o b1 2>log; check "another job's report is refused" same $? 2
check "with the name of that job" has log b.yaml
check "and left alone" same "$(sum b1)" "$before"
mkdir moved; cp -r d2 moved/; run moved/d2/job.yaml 2>log
check "a job that moves with its report keeps it" same $? 0
mv b.yaml b-new.yaml; touch_job b-new.yaml; run b-new.yaml -o b1 --store s 2>log
check "a job file that was renamed keeps its report" same "$?/$(grep -c 'First run' b1/digest.txt)" 0/0

# --- a report stands only while all of it is there
stands() { $HINDSIGHT audit --no-clips a.yaml -o p 2>log; grep -q "the report stands" log; }
run a.yaml -o p; want=$(sum p)
check "untouched, it stands" stands
hurt() { # WHAT COMMAND...
    local what=$1
    shift
    eval "$@"
    check "$what: it does not stand" eval '! stands'
    check "$what: it is made again" same "$(sum p)" "$want"
    check "$what: and stands then" stands
}
hurt "index.html emptied" ': >p/index.html'
hurt "tracks/ removed" 'rm -r p/tracks/*'
hurt "a link removed" 'rm p/tracks'
hurt "a page edited" 'sed -i s/the/teh/ p/index.html'
hurt "audit.json of another" 'rm p/audit.json; echo "{}" >p/audit.json'
hurt "the report deleted" 'rm -r p/.hindsight/reports/*'
hurt "current deleted" 'rm p/.hindsight/current'
hurt "the manifest damaged" 'printf x >>p/.hindsight/reports/*/.manifest'
check "what a person put in a page's place is kept" same "$(cat p/audit.json.orig)" "{}"
plan=$(ls p/plans/*.yaml 2>out.ls | head -1)
[ -z "$plan" ] || { echo "# mine" >>"$plan"; check "an edited plan is a person's own" stands; }

# --- a folder of the user's own where a name of the report belongs
rm p/tracks; mkdir p/tracks; echo mine >p/tracks/letter; before=$(readlink p/.hindsight/current)
for i in 1 2 3; do
    touch_job a.yaml; run a.yaml -o p 2>log; check "refused, night $i" same $? 1
    check "the report was not switched" same "$(readlink p/.hindsight/current)" "$before"
done
check "the folder is named" has log p/tracks
check "and untouched" same "$(cat p/tracks/letter)" mine
check "nothing is left behind" same "$(ls -A p/.hindsight/reports | wc -l)" 2
rm -r p/tracks; run a.yaml -o p; check "moved away, all is well" same $? 0
check "with no more than two reports" test "$(ls p/.hindsight/reports | wc -l)" -le 2
# --- a person's own files in the reports are never deleted with them
echo mine >p/tracks/letter.txt; echo mine >p/.hindsight/reports/note.txt; ln -s "$T" p/.hindsight/reports/77
for i in 1 2 3; do touch_job a.yaml; run a.yaml -o p; done
check "a letter among the pages" same "$(cat p/.hindsight/reports/*/tracks/letter.txt)" mine
check "a note among the reports" same "$(cat p/.hindsight/reports/note.txt)" mine
check "and a link there with what it leads to" test -L p/.hindsight/reports/77 -a -s a.yaml
# --- what killed runs leave
mkdir -p p/.hindsight/reports/900/tracks p/.hindsight/links
touch p/.hindsight/reports/900/tracks/a.html p/.hindsight/reports/900/index.html.part.77 p/.hindsight/reports/900/audit.json
ln -s reports/900 p/.hindsight/current.next; ln -s x p/.hindsight/links/tracks
cp -rL p/.hindsight/current p/.hindsight/reports/901; rm p/.hindsight/reports/901/.manifest p/.hindsight/reports/901/*/letter.txt 2>out.err
touch_job a.yaml; run a.yaml -o p; check "leftovers do not matter" same $? 0
check "a whole report without its manifest is swept" same "$(find p/.hindsight/reports/901 2>out.err)" ""
check "and are swept" test ! -e p/.hindsight/reports/900 -a ! -L p/.hindsight/current.next -a ! -e p/.hindsight/links

# --- planted links: in each place, with the victim untouched
mkdir victim; echo precious >victim/letter.txt; mkdir victim/1; echo precious >victim/1/index.html; touch victim/empty
census() { (cd victim && find . -exec stat -c '%n %s %Y %F %h' {} + && find . -type f -exec sha256sum {} +) | sort; }
reset() { rm -rf q; cp -a fresh q; chmod -R g-w,o-w q; }
run a.yaml -o fresh; rm fresh/.hindsight/job; run a.yaml -o fresh
untouched=$(census)
plant() { # WHAT COMMAND...: the audit refuses, and says why
    local what=$1
    shift
    reset; touch_job a.yaml
    eval "$@"
    run a.yaml -o q 2>log; check "$what: refused" same $? "${code:-1}"
    check "$what: in words" grep -qE "link|not a|second name|belong|may write|lead" log
    check "$what: the victim is untouched" same "$(census)" "$untouched"
}
for f in letter.txt empty; do
    plant "store is a link to $f" "rm q/.hindsight/store.sqlite; ln -s $T/victim/$f q/.hindsight/store.sqlite"
    plant "its log is a link to $f" "ln -s $T/victim/$f q/.hindsight/store.sqlite-wal"
    plant "its index is a link to $f" "ln -s $T/victim/$f q/.hindsight/store.sqlite-shm"
    plant "its journal is a link to $f" "ln -s $T/victim/$f q/.hindsight/store.sqlite-journal"
    plant "lock is a link to $f" "rm q/.hindsight/lock; ln -s $T/victim/$f q/.hindsight/lock"
done
plant "state is a link" "rm -r q/.hindsight; ln -s $T/victim q/.hindsight"
plant "reports is a link" "rm -r q/.hindsight/reports; ln -s $T/victim q/.hindsight/reports"
plant "current leads outside" "rm q/.hindsight/current; ln -s ../../victim q/.hindsight/current"
plant "current is absolute" "rm q/.hindsight/current; ln -s $T/victim q/.hindsight/current"
plant "links is a link" "ln -s $T/victim q/.hindsight/links"
plant "lock is a fifo" "rm q/.hindsight/lock; mkfifo q/.hindsight/lock"
plant "store is a folder" "rm q/.hindsight/store.sqlite; mkdir q/.hindsight/store.sqlite"
plant "others may write the state" "chmod o+w q/.hindsight"
plant "its group may" "chmod g+w q/.hindsight"
plant "others may write the store" "chmod o+w q/.hindsight/store.sqlite"
plant "others may write the folder" "chmod o+w q"
if root; then
    plant "state of another user" "chown 1234 q/.hindsight"
    plant "store of another user" "chown 1234 q/.hindsight/store.sqlite"
    plant "folder of another user" "chown 1234 q"
fi
cp victim/letter.txt twin; ln victim/letter.txt hard; untouched=$(census)
plant "store is a second name" "rm q/.hindsight/store.sqlite; ln hard q/.hindsight/store.sqlite; untouched=\$(census)"
rm -rf q hard; untouched=$(census)
follow() { # WHAT COMMAND...: the audit goes on, and what it replaces or deletes is the link
    local what=$1
    shift
    reset; touch_job a.yaml
    eval "$@"
    run a.yaml -o q 2>log; check "$what: done" same $? 0
    check "$what: a report stands" whole q
    check "$what: the victim is untouched" same "$(census)" "$untouched"
}
follow "a page is a link" "rm q/index.html; ln -s $T/victim/letter.txt q/index.html"
follow "tracks is a link" "rm q/tracks; ln -s $T/victim q/tracks"
follow "the report itself is a link" "rm -r q/.hindsight/reports/*; ln -s $T/victim q/.hindsight/reports/1; rm -f q/.hindsight/current"
follow "a folder in an old report is a link" "n=\$(basename \$(readlink q/.hindsight/current)); rm -r q/.hindsight/reports/\$n/tracks; ln -s $T/victim q/.hindsight/reports/\$n/tracks; rm q/.hindsight/reports/\$n/.manifest"
follow "job is a link" "rm q/.hindsight/job; ln -s $T/victim/letter.txt q/.hindsight/job"
follow "current.next is a link" "ln -s $T/victim q/.hindsight/current.next"
reset; chmod g+w q/.hindsight q/.hindsight/* 2>out.err; touch_job a.yaml
$HINDSIGHT audit -q --no-clips --shared-state a.yaml -o q 2>log; check "a group may share its state" same "$?/$(cat log)" 0/
run a.yaml -o fresh2 --store victim/../victim 2>log; check "a store is made where a person says" test -s victim/store.sqlite
rm -f victim/store.sqlite* victim/lock; untouched=$(census)
ln -s victim linked; run a.yaml -o fresh3 --store linked 2>log; check "but not through a link" same $? 1
check "and the victim is untouched" same "$(census)" "$untouched"
# a planted empty state folder makes nobody's folder a report
mkdir -p theirs/.hindsight; echo theirs >theirs/index.html
run a.yaml -o theirs 2>log; check "a stranger's folder stays one" same "$?/$(cat theirs/index.html)" 2/theirs

# --- the store: strangers, locks, rot
mkdir w; python3 -c "
import sqlite3; d = sqlite3.connect('w/store.sqlite'); d.execute('PRAGMA user_version=-3'); d.execute('CREATE TABLE x (y)'); d.commit()"
run a.yaml -o o1 --store w 2>log; check "a stranger's database is refused" same $? 1
check "as what it is" has log "not a hindsight store"
check "and no report was published" test ! -e o1/index.html
run a.yaml -o o2 --store w2; touch_job a.yaml; before=$(readlink o2/.hindsight/current)
python3 -c "
import sqlite3, time; d = sqlite3.connect('w2/store.sqlite', isolation_level=None); d.execute('BEGIN IMMEDIATE'); print(1, flush=True); time.sleep(9)" >held &
while [ ! -s held ]; do sleep .1; done
run a.yaml -o o2 --store w2 2>log; check "a store that is being written is told" same $? 1
check "by name" has log "locked"
check "and nothing was published before that" same "$(readlink o2/.hindsight/current)" "$before"
wait; run a.yaml -o o2 --store w2; check "afterwards all is well" same $? 0
# bits that turn: the same report, from the store or after measuring again
run a.yaml -o r; want=$(sum r); cp -a r rot
cat >flip.py <<'PY'
import random, sys
rng = random.Random(int(sys.argv[2])); data = bytearray(open(sys.argv[1], "rb").read())
at = rng.randrange(100, len(data))
if int(sys.argv[2]) % 4: data[at] ^= 1 << rng.randrange(8)
else: data[at & ~511:(at & ~511) + 512] = rng.randbytes(512)
open(sys.argv[1], "wb").write(data)
PY
again=0
for i in $(seq 24); do
    rm -rf r; cp -a rot r; python3 flip.py r/.hindsight/store.sqlite $i; touch_job a.yaml
    run a.yaml -o r 2>log; code=$?
    check "turned bit $i: done" same "$code/$(sum r)" "0/$want"
    grep -q "measured again" log && again=$((again + 1))
done
# an index whose order is broken: rows are not found, and new ones are put astray
page=$(python3 -c "
import sqlite3; d = sqlite3.connect('rot/.hindsight/store.sqlite')
print(d.execute(\"SELECT rootpage FROM sqlite_master WHERE name='results_key'\").fetchone()[0])")
for i in $(seq 0 7); do
    rm -rf r; cp -a rot r; touch_job a.yaml
    dd if=/dev/urandom of=r/.hindsight/store.sqlite bs=512 seek=$(((page - 1) * 8 + i)) count=1 conv=notrunc 2>out.err
    run a.yaml -o r 2>log; code=$?
    check "index, sector $i: done" same "$code/$(sum r)" "0/$want"
done
check "some of them were seen, and told" test $again -ge 3
check "the store can be asked" eval '$HINDSIGHT store rot --check >text && has text "files"'
cp -a rot rot2; python3 - <<'PY'
data = bytearray(open("rot2/.hindsight/store.sqlite", "rb").read())
at = data.index(b"integrated_lufs"); data[at + 40] ^= 4
open("rot2/.hindsight/store.sqlite", "wb").write(data)
PY
$HINDSIGHT store rot2 --check >text; check "and says what is damaged" same "$?/$(grep -c 'damaged: 1 row' text)" 1/1
$HINDSIGHT store rot2 --prune >text; $HINDSIGHT store rot2 --check >text; check "which can be dropped" same $? 0
finish
