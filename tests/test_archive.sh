#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# `hindsight init`, `check` and `audit` over a label's archive as they are (messy_archive.sh):
# no file is missing, none stands in two lists, movements of one name are no copies, brackets
# and dates are what they are, several artists are told apart.
. ./lib.sh
H=$HINDSIGHT
bash messy_archive.sh "$T/label" "$SOURCE/build/music" || exit 1
cd "$T" || exit 1
"$H" init --json -o job.yaml label >job.json 2>log
check "a file that cannot be read is exit code 3" same $? 3
check "no pair stays open" has log '0 ambiguous'
q() { jq -r "$1" job.json; }
title() { q ".tracks[] | select(.master | endswith(\"$1\")) | .$2"; }

# Every file once: in a track, in a track's comments, or left out.
find label -type f -not -name '.*' -printf '%P\n' | sort >files
q '(.tracks[] | .master, .older[], .not_by_the_audio[], .stems[], .mix_or_release[]), .left_out[].path, .no_audio[]' | sort >once
q '.tracks[].mixes[]' | sort -u >mixes
check "no file is missing, none is invented" cmp files <(sort once mixes)
check "nothing stands in two lists" same "$(sort once mixes | uniq -d)" ""
for f in old/lithium_final.wav mp3/Allegro.mp3 booklet.pdf Cover.JPG '05 Leer.wav' lithium_v2.wav; do
    check "the job file names $f" has job.yaml "$f"
done
check "hidden files are counted" has job.yaml '# Hidden and not looked at: 2'

# Names.
check "quotes belong to the title" same "$(q '.tracks[] | select(.id == "fruher-uber-alles") | .title')" 'Über "alles"'
check "a capital ending" same "$(title 'masters/02 Lithium.WAV' mixes[0] | xargs -d '\n' basename)" lithium_v2.wav
check "composed and decomposed are one name, a date is none" \
    same "$(q '.tracks[] | select(.id == "fruher-cafe") | .mixes[0] | endswith("mix 20040503.wav")')" true
check "mix 3, no lim" same "$(q '.tracks[] | select(.id == "fruher-uber-alles") | .mixes[0] | split("/")[-1]')" 'uber alles mix 3, no lim.wav'
check "names with a word in common say so" has job.yaml 'both names say "nachtfahrt"; the audio fits'
check "no pair claims otherwise" lacks job.yaml 'no name in common'

# Movements of one name are no copies; a file in another format is.
check "three movements" same "$(q '[.tracks[] | select(.release == "Sonatas")] | length')" 3
check "two concertos" same "$(q '[.tracks[] | select(.release == "Concertos")] | length')" 2
check "the copy is told by its sound" \
    same "$(q '.left_out[] | select(.path | endswith("mp3/Allegro.mp3")) | .why')" "copy of a master"

# The stage has no mix: the album's have its names, but are another recording.
check "a concert is not made from the album's mix" \
    same "$(q '.tracks[] | select(.master | contains("Live 2003")) | [(.mixes | length), .ambiguous] | join(" ")')" "0 false"
check "and says why" has job.yaml 'but the audio is another recording'

# Brackets.
check "a remaster is a version" has job.yaml 'version_title: 2015 Remaster'
check "a concert too" has job.yaml 'version_title: Live 2003'
check "catalogue numbers are those and no others" same "$(grep -c catalogue_number job.yaml)" 1
check "the real one" has job.yaml 'catalogue_number: MS-007'
check "the year of the folder" same "$(grep -c 'year: 2003' job.yaml)" 1

# Stems are offered, not taken.
check "stems" same "$(grep -cE '^ *#   (lead vox|kick|git l r): ' job.yaml)" 3
check "they are no part of the job" same "$("$H" check --json job.yaml | jq '[.tracks[].stems[]] | length')" 0
sed -E '/^ *# stems:/,/^ *- title/{s/^( *)# (stems:)/\1\2/;s/^( *)#   ([a-z ]+: .*wav)/\1  \2/}' job.yaml >let_in.yaml
check "let in they are" same "$("$H" check --json let_in.yaml | jq '[.tracks[].stems[] | select(.exists)] | length')" 3

# Artists, codes, ids.
check "init tells the artists" has log "2 artists, Müller's Söhne with most tracks; --by-artist"
"$H" check job.yaml >plan
check "check tells them" has plan "5 artists: Müller's Söhne (6), Kammerorchester (5), Gast 1 (1)"
check "a code on three songs" has plan 'DEXX10400001 on sampler-titel-1, sampler-titel-2, sampler-titel-3'
check "that is a warning only" same "$("$H" check -q job.yaml >/dev/null; echo $?)" \
    "$(sed '/isrc:/d' job.yaml >plain.yaml; "$H" check -q plain.yaml >/dev/null; echo $?)"
sed 's/title: Lithium/title: Lithium Blues/' job.yaml >renamed.yaml
ids() { "$H" check --json "$1" | jq -c '[.tracks[].id]'; }
check "a changed title keeps its id" same "$(ids renamed.yaml)" "$(ids job.yaml)"
check "ids are each once" same "$(ids job.yaml | jq 'length == (unique | length)')" true
"$H" init --by-artist -o jobs label 2>/dev/null
check "a job for each artist" same "$(cd jobs && echo *)" "kammerorchester.yaml mullers-sohne.yaml various.yaml"
check "each names its own" same "$(grep -h '^artist' jobs/*.yaml | sort)" "$(printf "artist: Kammerorchester\nartist: Müller's Söhne")"
cat jobs/*.yaml >all.yaml
while IFS= read -r f; do grep -qF "${f##*/}" <(sed 's/\\"/"/g' all.yaml) || echo "$f"; done <files >missing
check "and none forgets a file" same "$(cat missing)" ""

# Again: nothing new; a new file comes in, and what is no music becomes a note.
cp job.yaml before
"$H" init -o job.yaml label 2>/dev/null
check "a second time changes nothing" cmp before job.yaml
cp "label/Sampler (Disc 1)/01 Titel 1.flac" "label/Sampler (Disc 1)/04 Titel 4.flac"
metaflac --remove-tag=TITLE --remove-tag=ISRC --remove-tag=TRACKNUMBER --set-tag=TITLE="Titel 4" "label/Sampler (Disc 1)/04 Titel 4.flac"
printf x >"label/Sampler (Disc 1)/read me.txt"
"$H" init -o job.yaml label 2>/dev/null
check "what stood there stays" same "$(diff before job.yaml | grep -c '^<')" 0
check "a new track with its id and artist" has job.yaml 'id: sampler-titel-4'
check "a new stranger" has job.yaml 'read me.txt'

# The audit of it: every master is read, an archive without one artist is no hurdle.
"$H" audit -q --no-clips job.yaml -o out 2>log
check "audited" same $? 0
check "all masters are read" same "$(jq '[.tracks[].master.status] | unique | join(",")' out/audit.json)" '"ok"'

# A mix that was never released is measured and listed, and judged as no master.
cat >unreleased.yaml <<Y
hindsight: 1
audio: "label/Müller's Söhne/2003 - Früher [24-96]"
releases:
  - title: R
    tracks:
      - {title: Out, master: masters/02 Lithium.WAV, mix: mixes/lithium_v2.wav}
      - {title: Never Out, mix: mixes/lithium_final.wav}
Y
"$H" audit -q unreleased.yaml -o never 2>log
check "unreleased: audited" same $? 0
u() { jq -r ".tracks[1] | $1" never/audit.json; }
check "unreleased: no master" same "$(u .master)" null
check "unreleased: the mix is measured" same "$(u '.mix.measures.integrated_lufs < 0')" true
check "unreleased: no finding" same "$(u '.findings | length')" 0
check "unreleased: not judged, with the reason" same "$(u '[.not_judged[].why] | unique | .[]')" \
    "there is no master: an unreleased mix"
check "unreleased: it has its page" test -s never/tracks/r-never-out.html
finish
