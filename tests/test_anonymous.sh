#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# A report for a class: no name of artist, record, song, engineer, room, listener or file is in
# any file of it, and the verdicts are those of the report with names.
. ./lib.sh
cd "$T"
mkdir music
names="Zyxartist Zyxguest Zyxrecord Zyxsong Zyxmixer Zyxcutter Zyxroom Zyxlabel Zyxear Zyxnote zyxfile Zyxstem Zyxsinger"
cat >job.yaml <<'YAML'
hindsight: 1
artist: Zyxartist
audio: music
releases:
  - title: Zyxrecord
    year: 2001
    label: Zyxlabel
    catalogue_number: Zyxlabel-1
    tracks:
      - {title: Zyxsong one, master: zyxfile1.flac, mix: zyxfile1.wav, stems: {Zyxstem: zyxfile-a.wav, Zyxsinger vox: zyxfile-b.wav, lead vox Zyxstem: zyxfile-c.wav}, mixed_by: Zyxmixer, mastered_by: Zyxcutter, studio: Zyxroom, heard: [bright, Zyxnote of mine], accept: {muddy: Zyxnote}}
      - {title: Zyxsong two, artist: Zyxguest, master: zyxfile2.flac, mix: zyxfile-none.wav, mixed_by: Zyxmixer}
YAML
printf -- '- {listener: Zyxear, track: zyxrecord-zyxsong-two, rule: bright, answer: yes, blind: true, note: Zyxnote}\n' >answers.yaml
tone music/zyxfile1.wav 20 1 "volume=-14dB"
tone music/zyxfile1.flac 20 1 "treble=g=14,volume=-14dB"
tone music/zyxfile-a.wav 20 1 "highpass=f=1000,volume=-14dB"
tone music/zyxfile-b.wav 20 1 "lowpass=f=1000,volume=-14dB"
: >music/zyxfile-c.wav
tone music/zyxfile2.flac 20 2 "treble=g=16,bass=g=14,volume=-12dB"
$HINDSIGHT audit -q job.yaml -o plain; code=$?
$HINDSIGHT audit -q --anonymous --zip --single-file job.yaml -o class; check "the same exit code" same $? $code
check "names are looked for in the pages" test -n "$(grep -RlaF Zyxsong plain --exclude-dir=.hindsight)"
for name in $names; do
    check "no $name in any file" same "$(grep -RilaF "$name" class/ --exclude-dir=.hindsight | head -3)" ""
    check "no $name in the name of any file" same "$(find -L class -path class/.hindsight -prune -o -iname "*$name*" -print)" ""
done
verdicts() { jq -c '[.tracks[].findings[] | [.rule, .severity, .value]]' "$1/audit.json"; }
check "something is found" test "$(verdicts plain)" != "[]"
check "the verdicts stay" same "$(verdicts class)" "$(verdicts plain)"
check "stems are named by what they are" same "$(jq -r '[.tracks[0].instruments[].name | strings] | unique | join(",")' class/audit.json)" "other,vocal,vocal 2"
check "the whole is one archive" same "$(python3 -m zipfile -t class/report.zip)" "Done testing"
check "and one file" has class/report.html "Song 1"
finish
