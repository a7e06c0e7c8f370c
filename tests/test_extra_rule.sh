#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# One file with one row (tests/extra/rules_contour.c), built in: a new dimension and a new move
# are judged, explained, planned, shown and verified, and nothing else knows of them.
. ./lib.sh
extra=$BUILD/tests/hindsight_extra
here=$PWD
cd "$T"
id=flat_contour
for known in $id contour carve; do
    check "src does not know $known" test -z "$(grep -rlw "$known" "$SOURCE/src" | head -1)"
done
for i in 1 2 3 4; do
    python3 "$here/make_song.py" $i 14 m$i.wav
    ffmpeg -nostdin -v error -y -i m$i.wav -af volume=0.4 -c:a flac m$i.flac
done
{
    printf 'hindsight: 1\nartist: Extra\nreleases:\n  - title: R\n    year: 2001\n    tracks:\n'
    for i in 1 2 3 4; do printf '      - {title: T%s, master: m%s.flac, heard: ["no contour"]}\n' $i $i; done
} >job.yaml
"$extra" audit --no-clips -q job.yaml -o out; check "audit" same $? 0
q() { jq -r "$1" out/audit.json; }
check "it is found" same "$(q "[.tracks[].findings[] | select(.rule == \"$id\")] | length")" 4
check "severe" same "$(q ".tracks[0].findings[] | select(.rule == \"$id\") | .severity")" severe
check "with its move" same "$(q ".tracks[0].findings[] | select(.rule == \"$id\") | .correction.move")" carve
check "counted" same "$(q ".recurring[] | select(.rule == \"$id\") | .faulty")" 4
check "known to the ear" same "$(q ".tracks[0].heard[0].rule")" $id
check "listed" same "$(q '[.shortlist[] | select(.action != "leave")] | length')" 4
check "its page" test -s out/rules/$id.html
check "its dimension there" grep -q contour out/rules/$id.html
check "its move in the plan" grep -q '"carve"' out/plans/*t1.yaml
check "explained" grep -q "contour" <("$extra" explain $id)
check "in the list of all" grep -q "$id" <("$extra" explain)
check "the schema" python3 "$here/validate.py" "$SOURCE/docs/audit.schema.json" out/audit.json

# carried out as the plan on disk has it
db=$(q ".tracks[0].findings[] | select(.rule == \"$id\") | .correction.db")
ffmpeg -nostdin -v error -y -i m1.flac -af "equalizer=f=1000:t=q:w=1:g=$db" -c:a pcm_s24le new.wav
sed 's/master: m1.flac/master: m1.flac, update: new.wav/' job.yaml >update.yaml
"$extra" verify update.yaml -o out -q --json >verified.json
check "verified by it" same "$(jq -r ".tracks[0].corrections[] | select(.rule == \"$id\") | .move" verified.json)" carve
check "and measured again" same "$(jq -r ".tracks[0].corrections[] | select(.rule == \"$id\") | .measured > .before" verified.json)" true

# The worked examples of docs/manual/developer.md: what they show is what was tried here.
page=$SOURCE/docs/manual/developer.md
check "their code stands in the page, word for word" python3 - "$page" "$SOURCE"/tests/extra/{an_crossings,rules_buzz,page_crossings}.c <<'PY'
import sys
page = open(sys.argv[1], encoding="utf-8").read()
for path in sys.argv[2:]:
    lines = open(path, encoding="utf-8").read().split("\n", 1)[1]  # without the licence
    if "```c\n" + lines + "```" not in page:
        sys.exit(f"  {path} stands otherwise in the page")
PY
ffmpeg -nostdin -v error -y -f lavfi -i "sine=f=5000:r=44100:d=12,volume=-6dB" -c:a flac m5.flac
printf '      - {title: T5, master: m5.flac}\n' >>job.yaml
"$extra" audit --no-clips -q job.yaml -o out; check "audit with a tone" same $? 0
check "the analyser counts" same "$(q '.tracks[4].master.measures.crossings_per_s | round')" 10000
check "the rule finds it" same "$(q '.tracks[4].findings[] | select(.rule == "buzz") | .severity')" minor
check "the page stands, and is in the navigation" grep -q 'href="crossings.html"' out/index.html
check "with a row for each track" same "$(grep -o '<tr><td' out/crossings.html | wc -l)" 5
finish
