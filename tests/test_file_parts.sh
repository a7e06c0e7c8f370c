#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# Parts of files in jobs and `init`: an audio stream by number, the tracks of a cue sheet. What
# is measured of a part is what ffmpeg's ebur128 says of the same part cut out by sox or ffmpeg.
. ./lib.sh
H=$HINDSIGHT
cd "$T" || exit 1
for i in 1 2 3; do tone $i.wav $((8 + i)) $i "volume=-$((2 * i))dB"; done
mkdir -p label/masters label/mixes
sox 1.wav 2.wav 3.wav label/masters/Album.flac
ffmpeg -nostdin -v error -i label/masters/Album.flac label/masters/Album.mp3
cp 2.wav "label/mixes/zweites mix 3.wav"
# Track 2 begins at 9.5 s with a gap before it, track 3 at 19 s + 11/75 s.
printf 'PERFORMER "B\xe4nd"\r\nTITLE "Album"\r\nREM DATE 1999\r\nFILE "Album.wav" WAVE\r\n' >label/masters/Album.cue
printf '  TRACK %s AUDIO\r\n    TITLE "%s"\r\n    INDEX 00 %s\r\n    INDEX 01 %s\r\n' \
    01 Erstes 00:00:00 00:00:00 02 Zweites 00:08:70 00:09:00 03 Drittes 00:19:00 00:19:11 >>label/masters/Album.cue
lufs() { ffmpeg -nostdin -nostats -i "$1" -af ebur128 -f null - 2>&1 | sed -n "s/^ *I: *\\(.*\\) LUFS/\\1/p" | tail -n 1; }
near() { python3 -c 'import sys; a, b, t = map(float, sys.argv[1:]); sys.exit(not abs(a - b) <= t)' "$1" "$2" "$3" ||
    { echo "  got $1, expected $2 +- $3" >&2; return 1; }; }

# init: the album's tracks, with the sheet's words; the sheet is no stranger, its copy is one.
"$H" init -q --json -o job.yaml label >init.json
check "init" same $? 0
check "three tracks" same "$(jq -c '[.tracks[].title]' init.json)" '["Erstes","Zweites","Drittes"]'
check "of the sheet's album, in Latin-1" same "$(grep -c '^artist: Bänd\|year: 1999\|title: Album' job.yaml)" 3
check "written as parts" has job.yaml '{file: masters/Album.flac, cue: masters/Album.cue, number: 2}'
check "a mix by its title" same "$(jq -r '.tracks[1].mixes[0]' init.json)" "mixes/zweites mix 3.wav"
check "the other format is a copy" \
    same "$(jq -c '[.left_out[] | [.path, .why]]' init.json)" '[["masters/Album.mp3","copy of a master"]]'
check "the sheet is no stranger" same "$(jq -c .no_audio init.json)" '[]'
cp job.yaml again.yaml
"$H" init -q -o again.yaml label
check "init again adds nothing" cmp job.yaml again.yaml

# audit: each part for itself.
"$H" audit -q job.yaml -o report --no-clips
code=$?
check "audit: $code" test $code = 0 -o $code = 3
rate=44100
cuts=(0 $((9 * rate)) $((19 * rate + 11 * rate / 75)))
for i in 0 1 2; do
    ends=("=${cuts[1]}s" "=${cuts[2]}s" "-0")
    sox label/masters/Album.flac part.wav trim "${cuts[i]}s" "${ends[i]}"
    m=".tracks[$i].master.measures"
    check "track $i lasts" near "$(jq $m.duration_s report/audit.json)" "$(soxi -D part.wav)" 1e-4
    check "track $i is as loud" near "$(jq $m.integrated_lufs report/audit.json)" "$(lufs part.wav)" 0.06
done
check "the mix is that of the second" same "$(jq -r '.tracks[1].pair.status' report/audit.json)" aligned
# The mix (10 s) lies 1/8 s before the part of the master begins.
check "its delay" near "$(jq '.tracks[1].pair.delay_s' report/audit.json)" 0 0.001
"$H" audit -q -j 1 job.yaml -o one --no-clips
check "one worker, the same bytes" cmp report/audit.json one/audit.json

# The bytes stay, the sheet moves: the parts are measured anew.
sed -i 's/00:09:00/00:09:37/' label/masters/Album.cue
"$H" audit -q job.yaml -o report --no-clips
check "a moved track" near "$(jq '.tracks[0].master.measures.duration_s' report/audit.json)" 9.4933333 1e-4
check "which its mix begins before" near "$(jq '.tracks[1].pair.delay_s' report/audit.json)" 0.4933333 0.001

# Streams: by number, and said which; the default one is not the first.
ffmpeg -nostdin -v error -i 1.wav -i 2.wav -i 3.wav -map 0 -map 1 -map 2 -c:a flac \
    -disposition:a:0 0 -disposition:a:1 comment -disposition:a:2 default film.mka
cat >streams.yaml <<'Y'
hindsight: 1
artist: B
targets: {references: [{file: film.mka, stream: 1}], mix_references: {file: film.mka, stream: 3}}
releases:
  - title: R
    tracks:
      - {title: Unsaid, master: film.mka}
      - {title: Second, master: {file: film.mka, stream: 2}, mix: {file: film.mka, stream: 2}}
      - {title: First, master: {file: film.mka, stream: 1}, mix: [{file: film.mka, stream: 1}, 3.wav]}
      - {title: None, master: {file: film.mka, stream: 4}}
Y
"$H" audit -q streams.yaml -o streams --no-clips
check "one stream is not there" same $? 3
a=streams/audit.json
for pair in 0:3 1:2 2:1; do
    check "stream ${pair#*:}" near "$(jq ".tracks[${pair%:*}].master.measures.integrated_lufs" $a)" "$(lufs ${pair#*:}.wav)" 0.06
done
check "mixes too" near "$(jq '.tracks[2].mix.measures.integrated_lufs' $a)" "$(lufs 1.wav)" 0.06
check "what was not taken is said" same "$(jq -r '.tracks[0].master.remarks[0]' $a)" \
    'audio stream 3 (flac, 2 channels, default) is read, not 1 (flac, 2 channels), 2 (flac, 2 channels, commentary)'
check "no such stream" has <(jq -r '.tracks[3].master.error' $a) 'there is no audio stream 4 in it'
check "the page says it" has streams/tracks/r-unsaid.html 'audio stream 3 (flac, 2 channels, default) is read'

# What cannot be is refused where it stands.
refuse() { # WORDS SOURCE
    printf 'hindsight: 1\nartist: B\nreleases:\n  - title: R\n    tracks:\n      - {title: T, master: %s}\n' "$2" >bad.yaml
    "$H" check bad.yaml >out 2>&1
    check "refused: $2" same $? 2
    check "in words: $2" has out "$1"
}
c=label/masters/Album
refuse 'found number 4, expected a track of the cue sheet (1 to 3)' "{file: $c.flac, cue: $c.cue, number: 4}"
refuse 'found cue without number' "{file: $c.flac, cue: $c.cue}"
refuse 'found number without cue' "{file: $c.flac, number: 1}"
refuse 'expected that of track 1 in the cue sheet: "Album.wav"' "{file: 1.wav, cue: $c.cue, number: 1}"
refuse 'expected a cue sheet' "{file: $c.flac, cue: 1.wav, number: 1}"
refuse 'expected a cue sheet' "{file: $c.flac, cue: nowhere.cue, number: 1}"
refuse 'for stream, expected a number from 1' "{file: film.mka, stream: 1.5}"
refuse 'found the unknown key "steam" in a part of a file, expected "stream"' "{file: film.mka, steam: 1}"
finish
