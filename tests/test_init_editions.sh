#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 45
# `hindsight init` where an album lies there twice: an earlier edition is no mix of its re-issue, a
# copy is none of itself, plainly named mixes are mixes, and what is not told is asked.
. ./lib.sh
H=$HINDSIGHT
cd "$T" || exit 1
songs=(0 One Two Three)
mkdir src
for n in 1 2 3; do # a mix with headroom, what was released of it first (dense or not), and the remaster
    tone src/mix$n.wav 9 $n volume=-6dB
    ffmpeg -nostdin -v error -y -i src/mix$n.wav -c:a pcm_s24le src/mix24$n.wav
    ffmpeg -nostdin -v error -y -i src/mix$n.wav -af "volume=30dB,alimiter=level=0:limit=0.97" src/dense$n.wav
    ffmpeg -nostdin -v error -y -i src/mix$n.wav -af "volume=14dB,alimiter=level=0:limit=0.97" src/first$n.wav
    ffmpeg -nostdin -v error -y -i src/mix$n.wav -af "volume=24dB,alimiter=level=0:limit=0.97" -sample_fmt s16 src/remaster$n.flac
    # mastered gently: as loud, and another tone
    ffmpeg -nostdin -v error -y -i src/mix$n.wav -af "equalizer=f=2500:t=q:w=1:g=-1,equalizer=f=7000:t=q:w=1:g=1" src/gentle$n.wav
done
# put FOLDER KIND EXT NAME: three songs; # and @ in the name are number and title.
put() {
    mkdir -p "$1"
    local n name
    for n in 1 2 3; do
        name=${4//#/0$n} name=$1/${name//@/${songs[$n]}}.$3
        if [ -e "src/$2$n.$3" ]; then cp "src/$2$n.$3" "$name"; else
            ffmpeg -nostdin -v error -y -i "$(echo src/"$2"$n.*)" "$name"; fi
    done
}
tags() { # FOLDER YEAR
    local n
    for n in 1 2 3; do metaflac --set-tag="TITLE=${songs[$n]}" --set-tag=ALBUM=Album --set-tag="DATE=$2" "$1"/*"${songs[$n]}".flac; done
}
# told NAME EXIT LINES: what became of the folder of that name; one line a file: part, release, path.
told() {
    "$H" init --json -o "$1.yaml" "$1" >"$1.json" 2>"$1.log"
    check "$1: exit code" same $? "$2"
    check "$1" same "$(jq -r '(.tracks[] | "master \(.master)", (.mixes[] | "mix \(.)"), (.mix_or_release[] | "asked \(.)")),
        (.left_out[] | "\(.why) \(.path)")' "$1.json" | grep -E "One|Left" | sort)" "$3"
}
versions() { grep version_title "$1.yaml" | sed 's/.*: *//;s/"//g' | sort | paste -sd,; }

put "a/Album (1998)" first wav "# @"; put "a/Album (2015 remaster)" remaster flac "# @"
told a 0 $'master Album (1998)/01 One.wav\nmaster Album (2015 remaster)/01 One.flac'
check "a: editions" same "$(versions a)" "2015 remaster"
check "a: years" has a.yaml "year: 1998"
put "b/Album (1998)" first wav "# @"; put "b/Album (2015)" remaster flac "# @"; tags "b/Album (2015)" 2015
told b 0 $'master Album (1998)/01 One.wav\nmaster Album (2015)/01 One.flac'
check "b: two releases" same "$(grep -c '^  - title:' b.yaml)/$(versions b)" "2/1998,2015"
put "c/1998 - Album" first wav "#-@"; put "c/2015 - Album" remaster wav "@"
told c 0 $'master 1998 - Album/01-One.wav\nmaster 2015 - Album/One.wav'
put "d/Album (1998)" first flac "# @"; tags "d/Album (1998)" 1998; put "d/Album (2015)" remaster flac "# @"; tags "d/Album (2015)" 2015
told d 0 $'master Album (1998)/01 One.flac\nmaster Album (2015)/01 One.flac'
check "d: no copies of each other, two releases" same "$(versions d)" "1998,2015"
# The old edition in a folder without a year: only its density or a cover tell.
put "e/Album" first wav "# @"; put "e/Album Remaster" remaster flac "# @"
told e 3 $'asked Album/01 One.wav\nmaster Album Remaster/01 One.flac'
check "e: the job asks" has e.yaml "# AMBIGUOUS: its mix, or a release of its own? Album/01 One.wav (its folder has tracks"
check "e: and says what to write" has e.yaml 'write it here as "mix:", or as "master:" of a track of its own'
check "e: so does the exit code" has e.log "exit code 3: 3 AMBIGUOUS files may be mixes or releases"
cp e.yaml e.before
"$H" init -o e.yaml e 2>/dev/null
check "e: once" cmp e.before e.yaml
sed 's|^\( *\)# AMBIGUOUS.*? \(Album/.*wav\) (.*|\1mix: \2|' e.yaml >e2.yaml
"$H" init -o e2.yaml e 2>e2.log
check "e: answered" same "$?/$("$H" check --json e2.yaml | jq '[.tracks[].mixes[]] | length')" 0/3
put "f/Album" dense wav "# @"; put "f/Album Remaster" remaster flac "# @"
told f 0 $'master Album Remaster/01 One.flac\nmaster Album/01 One.wav'
put "g/Album" first wav "# @"; put "g/Album FLAC" remaster flac "# @"; tags "g/Album FLAC" 2015; mkdir g/Album/Scans; : >g/Album/Scans/front.jpg
told g 0 $'master Album FLAC/01 One.flac\nmaster Album/01 One.wav'
# Mixes in folders that do not say so.
put "h/Album" mix24 wav "# @"; put "h/Album masters" remaster flac "# @"
told h 0 $'master Album masters/01 One.flac\nmix Album/01 One.wav'
put "i/Album (2015)" remaster flac "# @"; put "i/Session" mix wav "# @"
told i 0 $'master Album (2015)/01 One.flac\nmix Session/01 One.wav'
put "j/Album (2015)" remaster flac "# @"; tags "j/Album (2015)" 2015; put "j/Album" mix wav "# @ v3"; put "j/Other" mix24 wav "@ bounce"
told j 0 $'master Album (2015)/01 One.flac\nmix Album/01 One v3.wav\nmix without a master Other/One bounce.wav'
put "k/Album (2004)/masters" remaster flac "# @"; put "k/Album (2004)" mix wav "@"
told k 0 $'master Album (2004)/masters/01 One.flac\nmix Album (2004)/One.wav'
# One master in two formats.
put l remaster flac "# @"; tags l 2015; put l remaster wav "# @"
told l 0 $'copy of a master 01 One.wav\nmaster 01 One.flac'
put m remaster mp3 "@"; put m remaster wav "@"
told m 0 $'copy of a master One.mp3\nmaster One.wav'
# Editions with mixes: one mix serves both.
put "n/Album (1998) [EX-01]/CD1" first wav "# - @"; put "n/Album (2015 remaster)/CD1" remaster flac "# @"; put n/Mixes mix wav "@ mix 2"
told n 0 $'master Album (1998) [EX-01]/CD1/01 - One.wav\nmaster Album (2015 remaster)/CD1/01 One.flac\nmix Mixes/One mix 2.wav\nmix Mixes/One mix 2.wav'
# Without namesakes, beside a tagged album.
put "o/EP (1996)" first wav "# @"; put o/Plain first wav "# Rare @"; mkdir o/Album
cp src/remaster1.flac o/Album/Left.flac; metaflac --set-tag=ALBUM=Album o/Album/Left.flac
told o 3 $'master Album/Left.flac\nmaster EP (1996)/01 One.wav\nmix or release, not told Plain/01 Rare One.wav'
# As loud as its namesake: a mix that says so stays one, without signs of a mix only the same sound is a copy.
put p gentle wav "# @"; put p mix24 wav "# @ v3"
told p 0 $'master 01 One.wav\nmix 01 One v3.wav'
put "q/Album (2015)" gentle flac "# @"; tags "q/Album (2015)" 2015; put q/Plain mix24 wav "# @"
told q 3 $'asked Plain/01 One.wav\nmaster Album (2015)/01 One.flac'
put r gentle wav "# @"; put r mix wav "@"
told r 3 $'asked One.wav\nmaster 01 One.wav'
# Years that stand in the tags alone; what could not be measured.
put u/CD/Album first flac "# @"; tags u/CD/Album 1998; put "u/Remasters/Album" remaster flac "# @"; tags u/Remasters/Album 2015
told u 0 $'master CD/Album/01 One.flac\nmaster Remasters/Album/01 One.flac'
check "u: two releases" same "$(versions u)" "1998,2015"
mkdir -p v/x v/y
ffmpeg -nostdin -v error -y -f lavfi -i anullsrc=r=44100:d=9 v/x/One.wav; cp src/first1.wav v/y/One.wav
told v 3 $'asked x/One.wav\nmaster y/One.wav'
finish
