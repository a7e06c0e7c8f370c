#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# The unattended night: fast path, changes, guards, lock, damaged and foreign stores,
# refused folders, thread-count identity, cold against warm.
. ./lib.sh
cd "$T"
for i in 1 2 3 4; do tone m$i.flac 8 $i; tone x$i.wav 9 $i "volume=-6dB"; done
{
    printf 'hindsight: 1\nartist: Night\nreleases:\n  - title: R\n    year: 2001\n    tracks:\n'
    for i in 1 2 3 4; do printf '      - {title: T%s, master: m%s.flac, mix: x%s.wav}\n' $i $i $i; done
} >job.yaml
run() { $HINDSIGHT audit --no-clips "$@"; }
audit_sum() { sha256sum <"$1/audit.json"; }

run -j 1 job.yaml -o one 2>log; check "first run" same $? 0
run -j 2 job.yaml -o two 2>log; run -j 8 job.yaml -o eight 2>log
check "1 and 2 threads: same bytes" same "$(audit_sum one)" "$(audit_sum two)"
check "1 and 8 threads: same bytes" same "$(audit_sum one)" "$(audit_sum eight)"
for f in index.html audit.json digest.txt run.json shortlist.csv shortlist.html lessons.html; do
    check "$f is there" test -s one/$f
done
check "no clock in audit.json" lacks one/audit.json "$(date +%Y-%m)"

before=$(stat -c '%i %Y' one/audit.json one/run.json -L)
run job.yaml -o one 2>log
check "nothing changed is said" has log "nothing has changed"
check "nothing is rewritten" same "$(stat -c '%i %Y' one/audit.json one/run.json -L)" "$before"
run -q job.yaml -o one 2>log
check "silent with -q" same "$(cat log)" ""

# warm against cold: comments in the job file do not matter to the results
printf '# a comment\n' >>job.yaml
run job.yaml -o one 2>log; run job.yaml -o cold 2>log
check "warm equals cold" same "$(audit_sum one)" "$(audit_sum cold)"
check "from the store" has one/run.json '"measured":0'
check "digest: nothing" has one/digest.txt "Nothing has changed since"
$HINDSIGHT digest one nowhere >overview.txt 2>/dev/null; check "an overview with one that is no report" same $? 3
check "names the job" grep -qE '^[^ ]([^ ]| [^ ])* +0 +0 +0 +0  one/index.html$' overview.txt

# music changes: the digest says so, only that file is measured
tone m2.flac 8 2 "treble=g=14:f=4000"
run job.yaml -o one 2>log; check "after a change" same $? 0
check "one file measured" has one/run.json '"measured":1'
check "the change is named" has one/digest.txt "Changed tracks: 1"
cp x1.wav moved.wav; sed -i 's/mix: x1.wav/mix: moved.wav/' job.yaml
run job.yaml -o one 2>log
check "a moved file is recognised by its bytes" has one/run.json '"measured":0'

# guards
mkdir away; mv m*.flac x*.wav away
sum=$(audit_sum one)
run job.yaml -o one 2>log; check "too many missing" same $? 12
check "the last report is left alone" same "$(audit_sum one)" "$sum"
check "and the message says what to look at" has log "not mounted"
mv away/* .
mv m4.flac gone.flac
run job.yaml -o one 2>log; check "one missing" same $? 3
check "it is named" has log "m4.flac"
mv gone.flac m4.flac

# lock
mkdir -p one/.hindsight
flock one/.hindsight/lock sleep 3 & sleep 0.3
run job.yaml -o one 2>log; check "locked" same $? 11
run --wait-lock 20 job.yaml -o one 2>log; check "waited for the lock" same $? 0
wait

# stores of others
mkdir -p s1 s2 s3
head -c 20000 /dev/urandom >s1/store.sqlite; sum1=$(sha256sum <s1/store.sqlite)
run job.yaml -o o1 --store s1 2>log; check "a damaged store fails" same $? 1
check "with its name" has log "store.sqlite"
check "and is left as it was" same "$(sha256sum <s1/store.sqlite)" "$sum1"
run job.yaml -o o2 --store s2 2>log
python3 - <<'PY'
import sqlite3; d=sqlite3.connect('s2/store.sqlite'); d.execute('PRAGMA user_version=99'); d.commit()
PY
printf '# x\n' >>job.yaml
run job.yaml -o o2 --store s2 2>log; check "a newer store fails" same $? 1
check "and says so" has log "newer hindsight"

# folders
mkdir mine; echo precious >mine/letter.txt
run job.yaml -o mine 2>log; check "a foreign folder is refused" same $? 2
check "and nothing is touched" same "$(ls -A mine)" letter.txt
# a disk that takes no more: writing stops at 30 blocks
full() { (ulimit -f 30; run "$@"); }
full job.yaml -o new 2>log; check "no room for a first report" same $? 1
check "and what could not be written" has log "new/.hindsight/"
check "nothing is published" test ! -e new/index.html
run -q job.yaml -o new; check "with room again all is well" same "$(audit_sum new)" "$(audit_sum one)"
tone m3.flac 8 3 "treble=g=12:f=4000"
sum=$(audit_sum new)
full job.yaml -o new 2>log; check "no room for the next report" same $? 1
check "the last one stands" same "$(audit_sum new)" "$sum"
run job.yaml -o /sys/hindsight 2>log; check "a place where nothing can be written" same $? 1
check "is named" has log "/sys/hindsight"

# clips are rendered once: the next report takes them over while nothing about them changes
printf 'hindsight: 1\nartist: Clips\nreleases:\n  - {title: R, tracks: [{title: T, master: c.flac}]}\n' >clips.yaml
tone c.flac 20 7 "treble=g=18:f=4000"
$HINDSIGHT audit -q clips.yaml -o clips
inodes() { stat -c %i clips/clips/*.webm | sort; }
inodes >a; check "there are clips" test -s a
printf '# a comment\n' >>clips.yaml; $HINDSIGHT audit -q clips.yaml -o clips
inodes >b; check "and the same ones after a change elsewhere" cmp -s a b
tone c.flac 20 8 "treble=g=18:f=4000"; $HINDSIGHT audit -q clips.yaml -o clips
inodes >b; check "but others of other music" test "$(comm -12 a b)" = ""
$HINDSIGHT audit -q --clip-format aac clips.yaml -o clips
check "clips in AAC" same "$(ffprobe -v error -show_entries stream=codec_name -of csv=p=0 "$(ls clips/clips/*-a.m4a | head -1)")" aac
check "and in the pages" grep -qF -- "-a.m4a" clips/tracks/r-t.html
finish
