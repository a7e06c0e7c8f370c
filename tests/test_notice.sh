#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# What an audit says and to whom: the notice, standard streams, people's notes in the short
# list, names that are too long.
. ./lib.sh
cd "$T"
for i in 1 2; do tone m$i.flac 4 $i; done
job() { # COMMAND [LIMIT]
    printf 'hindsight: 1\nartist: Alpha\nnotify: %s\n' "'$1'"
    [ -z "${2:-}" ] || printf 'notify_limit: %s\n' "$2"
    printf 'releases:\n  - title: R\n    tracks:\n'
    for i in 1 2; do printf '      - {title: T%s, master: m%s.flac}\n' $i $i; done
}
alive() { ps -eo pgid=,stat= | awk -v g="$1" '$1 == g && $2 !~ /^Z/' | wc -l; } # of a process group
run() { $HINDSIGHT audit --no-clips "$@" 2>log; }
music() { tone m2.flac 4 "$RANDOM"; } # something new to tell

# --- the notice
job 'echo told; echo aloud >&2; cat "$HINDSIGHT_DIGEST" >digest; echo "$HINDSIGHT_REPORT" >report; flock -n one/.hindsight/lock true && echo free >lock' >a.yaml
run --json a.yaml -o one >out; check "first night" same $? 0
check "its output is in the log" has log "notify: told"
check "its messages too" has log "notify: aloud"
check "and not in the JSON" jq -e .format out
check "it is given the digest" has digest "tracks"
check "and the folder" same "$(cat report)" one
check "it runs when the lock is let go" same "$(cat lock)" free
rm digest; run --json a.yaml -o one >out; check "an unchanged night" same $? 0
check "prints its JSON, too" same "$(jq -r '[.first, .tracks, (.new_tracks | length)] | @csv' out)" "false,2,0"
check "and tells nobody" test ! -e digest
check "the schema of both is one" same "$(jq -r 'keys | @csv' out)" "$(jq -r 'keys | @csv' one/digest.json)"
job 'exit 7' >a.yaml; music; run a.yaml -o one; check "a notice that fails is unfinished work" same $? 3
check "it is told" has log "ended with 7"
before=$(stat -L -c %i one/index.html)
run a.yaml -o one; check "and tried again in the next night" has log "ended with 7"
check "without a new report" same "$(stat -L -c %i one/index.html)" "$before"
job 'echo told' >a.yaml; run a.yaml -o one; check "until it is sent" same "$?/$(grep -c 'notify: told' log)" 0/1
run a.yaml -o one; check "once" lacks log "notify:"
job 'sleep 60 & echo $$ >pid; sleep 60' 1 >a.yaml; music
SECONDS=0; run a.yaml -o one; code=$?
check "a notice has its time" test $SECONDS -lt 20
check "then it is ended, with all that it started" same "$code/$(alive "$(cat pid)")" 3/0
check "and told" has log "notify_limit"
job 'trap "" TERM; echo $$ >pid; sleep 60; sleep 60' >a.yaml; rm pid
$HINDSIGHT audit -q --no-clips a.yaml -o one 2>log & p=$!
while [ ! -s pid ]; do sleep .05; done
kill -TERM $p; wait $p; check "a signal ends it" same $? 143
check "with its group" same "$(alive "$(cat pid)")" 0
job 'yes' 1 >a.yaml; run a.yaml -o one; check "a flood of output is cut" test "$(wc -c <log)" -lt 400000
# only where nobody else could have written the command
job 'touch ran' >a.yaml
for mode in o+w g+w; do
    chmod $mode a.yaml; music; run a.yaml -o one
    check "$mode: the command does not run" test ! -e ran
    check "$mode: and that is said" has log "not run"
    chmod go-w a.yaml
done
if root; then
    chown 1234 a.yaml; music; run a.yaml -o one; check "nor that of another user" test ! -e ran
    chown 0 a.yaml
fi
run a.yaml -o one; check "afterwards it does" test -e ran

# --- standard streams
job true >a.yaml
for c in "audit --json --no-clips a.yaml -o one" "check a.yaml" "measure m1.flac" "compare m1.flac m2.flac" \
    "explain bright" "explain" "init ." "verify --json a.yaml -o one" "store one" "digest one" "help" "--version" "generate man"; do
    $HINDSIGHT $c >/dev/full 2>log; check "$c: a full standard output" same "$?/$(grep -c 'standard output' log)" 1/1
    $HINDSIGHT $c 2>log >&-; check "$c: a closed one" same "$?/$(grep -c 'standard output' log)" 1/1
done
music; $HINDSIGHT audit --no-clips a.yaml -o one <&- >&- 2>&-; check "all three closed" same $? 0
check "nothing of the log lands in the lock" lacks one/.hindsight/lock findings
check "the report is whole" jq -e .format one/audit.json

# --- notes of people: written by what spreadsheets there are
run a.yaml -o one
cells='import csv,sys,io; rows=list(csv.reader(io.StringIO(open("one/shortlist.csv",encoding="utf-8-sig",newline="").read())));'
note() { # TITLE: what stands in its notes
    python3 -c "$cells names=rows[0]; print([r[names.index(sys.argv[2])] for r in rows[1:] if r[names.index('title')] == sys.argv[1]][0])" "$1" "${2:-notes}"
}
save() { # PYTHON: makes `data` of `rows`
    python3 -c "$cells names=rows[0]
def put(d, rs=None):
    o=io.StringIO(); csv.writer(o, delimiter=d).writerows(rs or rows); return o.getvalue()
def write(title, text, column='notes'):
    for r in rows[1:]:
        if r[names.index('title')] == title: r[names.index(column)] = text
$1
open('saved','wb').write(data)" && rm one/shortlist.csv && mv saved one/shortlist.csv && run a.yaml -o one
}
save "write('T1','first, ä'); data=put(',').encode()"; check "UTF-8" same "$(note T1)" "first, ä"
save "write('T1','zweite ö €'); data=put('\t').encode('utf-16')"; check "UTF-16" same "$(note T1)" "zweite ö €"
save "write('T1','third'); data=put(';').encode('utf-16-be')"; check "UTF-16 without a mark" same "$(note T1)" third
save "write('T1','vier'); data=('sep=;\r\n'+put(';')).encode()"; check "sep= first" same "$(note T1)" vier
save "write('T1','five'); data=('\"sep=;\";;;\r\n'+put(';')).encode('utf-16')"; check "sep= saved again" same "$(note T1)" five
save "write('T1','six'); i=names.index('id'); data=put(',',[r[:i]+r[i+1:] for r in rows]).encode()"; check "without the id" same "$(note T1)" six
save "write('T1','seven'); write('T1','1.5E+10','id'); data=put(',').encode()"; check "an id that became a number" same "$(note T1)" seven
save "write('T2','acht'); names[names.index('notes')]='Notes '; data=put(',').encode()"; check "capitals" same "$(note T2)" acht
save "[r.append('mine'+r[names.index('title')]) for r in rows[1:]]; names.append('contact'); data=put(',').encode()"
check "a column of one's own" same "$(note T2 contact)" mineT2
save "write('T1','nine'); data=put(',').encode()"; check "it stays" same "$(note T2 contact)/$(note T1)/$(note T2)" mineT2/nine/acht
python3 -c "print('x'*99)" >other; cp other one/saved; rm one/shortlist.csv; mv one/saved one/shortlist.csv; run a.yaml -o one
check "what is no short list is kept" cmp other one/shortlist.csv.orig
check "and that is said" has log shortlist.csv.orig
check "the short list is one again" same "$(note T1)" ""
before=$(ls one | wc -l); run a.yaml -o one; check "once" same "$(ls one | wc -l)" "$before"

# --- names that the system does not take are listed, not dropped
mkdir archive; cp m1.flac archive/short.flac
long=$(printf 'd%.0s' $(seq 250))
(cd archive; for i in $(seq 17); do mkdir $long && cd $long; done; cp "$T/m1.flac" far.flac)
$HINDSIGHT init archive >found.yaml 2>log; check "a folder of long names" test "$(cat found.yaml log | grep -c ddd)" -ge 1
check "is named with the reason" eval 'cat found.yaml log | grep -qi "too long"'
check "and the rest is listed" has found.yaml short.flac
# in a job they are told as what they are, and so is what may not be looked at
printf 'hindsight: 1\nartist: A\nreleases:\n  - {title: R, tracks: [{title: T1, master: m1.flac}, {title: T2, master: %s.flac}, {title: T3, master: loop.flac}, {title: T4, master: gone.flac}]}\n' $long$long >long.yaml
ln -s loop.flac loop.flac
$HINDSIGHT check long.yaml >text
check "a long name" has text "File name too long"
check "a link to itself" has text "symbolic links"
check "and what is missing" eval '[ "$(grep -c "gone.flac  (missing)" text)" = 2 ]'
run long.yaml -o long
check "the audit says so as well" has log "File name too long"
check "one file is missing" same "$(jq -r '[.tracks[].master.status] | map(select(. == "missing")) | length' long/audit.json)" 1
finish
