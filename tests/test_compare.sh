#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-cost: 45
# `compare` for a person: sentences before the table, two folders, and only what both files share.
. "$(dirname "$0")/lib.sh"
cd "$T" || exit 1

tone a.wav 40 1
tone b.wav 40 2

# A shelf of 14 dB is told in words.
ffmpeg -nostdin -v error -y -i a.wav -af "volume=-16dB,treble=g=14:f=6000:t=q:w=0.7" shelf.flac
"$HINDSIGHT" compare a.wav shelf.flac >out 2>log
check "a shelf is compared" same $? 0
check "the treble is told" has out "the treble (6 to 16 kHz) up"
check "before the table" same "$(grep -n 'the treble (6' out | head -n 1 | cut -d: -f1 | awk '{print ($1 < 8)}')" 1
check "and no device" has out "No compressor, limiter or clipper is proven."

# Devices: a figure stands where there is one.
ffmpeg -nostdin -v error -y -i a.wav -af "volume=18dB" -c:a pcm_s16le cut.wav
"$HINDSIGHT" compare a.wav cut.wav >out 2>log
check "a clipper has no figure" has out "Devices: clipper."
ffmpeg -nostdin -v error -y -i a.wav -af "volume=12dB,alimiter=limit=0.5:level=disabled:attack=1:release=60" -c:a pcm_s24le limited.wav
"$HINDSIGHT" compare a.wav limited.wav >out 2>log
check "a limiter has one" test "$(grep -cE '^Devices: limiter (at least )?[1-9][0-9.]* dB \(reduction that is exceeded' out)" = 1

# What the excerpt lacks is no change by mastering.
ffmpeg -nostdin -v error -y -i a.wav -t 17 part.wav
"$HINDSIGHT" compare --json a.wav part.wav >out.json 2>log
check "an excerpt is compared" same $? 0
check "whole, at no gain" same "$(jq -r '[.pair.status, (.pair.gain_db * 10 | round), .pair.reducer] | join(" ")' out.json)" "aligned 0 none"
check "nothing came by mastering" same "$(jq '[.findings[] | select(.origin == "mastering" or .origin == "worsened" or .origin == "exposed")] | length' out.json)" 0
check "its changes are of the shared part" same "$(jq '[.pair.plr_change_db, .pair.lra_change_lu] | map(. * 20 | round) | add' out.json)" 0

# A bar that is cut out, and one that is played twice, touch no end.
ffmpeg -nostdin -v error -y -i a.wav -af "aselect='lt(t,17)+gte(t,21)',asetpts=N/SR/TB" bar.wav
"$HINDSIGHT" compare a.wav bar.wav >out 2>log
check "a bar is cut out" has out "Edits: 4.0 s of the mix cut out at 17."
check "not from an end" lacks out "Ends:"
sox a.wav head.wav trim 0 20
sox a.wav rest.wav trim 12
sox head.wav rest.wav twice.wav
"$HINDSIGHT" compare a.wav twice.wav >out 2>log
check "played twice" test "$(grep -cE '^Edits: 1[12]\.[0-9] to (19|20)\.[0-9] s of the mix played twice, again from (19|20)\.' out)" = 1
check "without more at an end" lacks out "Ends:"

# An expander follows the level; a ride does not.
ffmpeg -nostdin -v error -y -i a.wav -af "compand=attacks=0.05:decays=0.2:points=-80/-120|-30/-45|-15/-15|0/0" -c:a pcm_s24le expanded.wav
"$HINDSIGHT" compare a.wav expanded.wav >out 2>log
check "quiet passages turned down" has out "quiet passages turned down by up to"
check "by no ride" lacks out "Level rides"
ffmpeg -nostdin -v error -y -i a.wav -af "volume='if(between(t,12,24),0.6,1)':eval=frame" -c:a pcm_s24le ridden.wav
"$HINDSIGHT" compare a.wav ridden.wav >out 2>log
check "a ride has its times" has out "Level rides by mastering: "
check "and follows no level" lacks out "quiet passages"

# A channel that is filled with the other has no balance; one that is turned down has.
sox -M a.wav b.wav two.wav remix 1,3v0.3 3,1v0.3 gain -3
ffmpeg -nostdin -v error -y -i two.wav -af "pan=stereo|c0=c0|c1=0.5*c0" -c:a pcm_s24le filled.wav
"$HINDSIGHT" compare two.wav filled.wav >out 2>log
check "filled with the other" has out "one channel was made of the other"
check "is not louder" lacks out "left up by"
ffmpeg -nostdin -v error -y -i two.wav -af "pan=stereo|c0=c0|c1=0.5*c1" -c:a pcm_s24le turned.wav
"$HINDSIGHT" compare two.wav turned.wav >out 2>log
check "turned down is" has out "left up by 6.0 dB"

# In an audit, too.
printf 'hindsight: 1\nartist: A\nreleases:\n  - title: R\n    tracks:\n      - {title: T, master: part.wav, mix: a.wav}\n' >job.yaml
"$HINDSIGHT" audit --no-clips -q job.yaml -o rep >log 2>&1
check "an audit of it" same $? 0
check "blames no mastering" same "$(jq '[.tracks[0].findings[] | select(.origin == "mastering" or .origin == "worsened")] | length' rep/audit.json)" 0

# A steady sound can be laid anywhere: that is no other recording.
sox -D -n -r 44100 -c 2 -b 16 steady.wav synth 8 sine 440 gain -6
sox -D -n -r 44100 -c 2 -b 16 silence.wav trim 0 8
for f in steady silence; do
    "$HINDSIGHT" compare --json $f.wav $f.wav >out.json 2>log
    check "$f: exit" same $? 3
    check "$f: cannot say" same "$(jq -r .pair.status out.json)" cannot_say
done

# Two folders.
mkdir mixes masters
cp a.wav "mixes/01 Alpha.wav"
cp b.wav "mixes/02 Beta.wav"
ffmpeg -nostdin -v error -y -t 25 -i b.wav -af areverse "mixes/Outtake.wav"
ffmpeg -nostdin -v error -y -i a.wav -af volume=-2dB "masters/01 Alpha.flac"
ffmpeg -nostdin -v error -y -i b.wav -af volume=-4dB "masters/02 Beta.flac"
"$HINDSIGHT" compare mixes masters >out 2>log
check "two folders are compared" same $? 0
check "a row for each" same "$(grep -c '^aligned' out)" 2
check "which belong together" has out "02 Beta.wav -> 02 Beta.flac"
check "a mix without a master is named" has log "Outtake.wav: no master was found for it"
check "and no other" same "$(grep -c 'no master was found' log)" 1
"$HINDSIGHT" compare --json mixes masters >out.json 2>log
check "as an array" same "$(jq -c '[.[] | .pair.gain_db | round]' out.json)" "[-2,-4]"
finish
