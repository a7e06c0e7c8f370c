#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 55
# `hindsight preview`, and `preview: on` in a job: loudness and ceiling by FFmpeg's meters, the
# same for any number of threads, and the odd mixes.
. ./lib.sh
cd "$T"
H=$HINDSIGHT
near() { awk -v a="$1" -v b="$2" -v by="$3" 'BEGIN { exit !(a - b <= by && b - a <= by) }' || { echo "  $1 is not $2" >&2; return 1; }; }
below() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a <= b) }' || { echo "  $1 is above $2" >&2; return 1; }; }
meter() { # FILE: integrated loudness and true peak
    ffmpeg -nostdin -nostats -i "$1" -af ebur128=peak=true -f null - 2>&1 |
        awk '/Summary/ { on = 1 } on && $1 == "I:" { print $2 } on && $1 == "Peak:" { print $2 }'
}
tone mix.wav 30 1 "volume=-9dB"
tone dull.wav 30 2 "volume=-12dB,highshelf=f=3000:t=q:w=0.7:g=-9"
tone bright.wav 30 2 "volume=-12dB"

$H preview mix.wav --targets -9,-16,-12 --write out --json >one.json 2>log
check "a preview" same $? 0
check "targets in order" same "$(jq -c '[.[0].preview.targets[].target]' one.json)" "[-16,-12,-9]"
for t in 0 1 2; do
    reached=$(jq ".[0].preview.targets[$t].reached" one.json)
    wanted=$(jq ".[0].preview.targets[$t].target" one.json)
    check "target $wanted is reached" near "$reached" "$wanted" 0.05
    { read -r lufs; read -r peak; } < <(meter "out/mix$(printf '%+.1f' "$wanted") LUFS.wav")
    check "FFmpeg hears $wanted LUFS" near "$lufs" "$reached" 0.1
    check "no peak above the ceiling at $wanted" below "$peak" -0.85
done
check "a clip for the loudest alone" same \
    "$(jq -c '[.[0].preview.targets[].clip_db > 0]' one.json)" "[false,false,true]"
check "2 dB by the compressor" near "$(jq '.[0].preview.compressor.gr_p95_db' one.json)" 2 0.05
check "the shares of what holds the gain are one" near \
    "$(jq '.[0].preview.targets[2].holds_gain | add' one.json)" 1 0.001
check "more loudness, more reduction" same "$(jq '[.[0].preview.targets[].gr_db.p95] | . == sort' one.json)" true
$H preview mix.wav dull.wav --targets -12 --json -j 1 >j1.json 2>>log
$H preview mix.wav dull.wav --targets -12 --json -j 3 >j3.json 2>>log
check "the same bytes for any number of threads" cmp j1.json j3.json

# The equaliser goes half the way to the reference, and 2 dB at most.
$H preview dull.wav --reference bright.wav --targets -14 --json >eq.json 2>>log
check "more treble, not more than 2 dB" same "$(jq -c '.[0].preview.eq_db | [.[26], max]' eq.json)" "[2,2]"
$H preview bright.wav --reference bright.wav --targets -14 --json >flat.json 2>>log
check "nothing to match" same "$(jq '[.[0].preview.eq_db[] | fabs] | max < 0.001' flat.json)" true
$H preview dull.wav --no-eq --targets -14 --json >none.json 2>>log
check "no equaliser" same "$(jq -c '.[0].preview.eq_db' none.json)" null

# Whose peaks hold the gain: a drum of 60 Hz over noise, and hits at 4 kHz.
hits() { # FILE HZ DECAY
    ffmpeg -nostdin -v error -y -f lavfi -i "aevalsrc='0.7*sin(2*PI*$2*t)*exp(-mod(t,0.5)*$3)+0.03*(random(0)-0.5)':s=44100:d=20" -ac 2 "$1"
}
hits low.wav 60 20
hits high4.wav 4000 60
$H preview low.wav high4.wav --no-eq --targets -16,-12 --json >holds.json 2>>log
check "the low drum holds the gain" same "$(jq -c '[.[].preview.targets[1].holds_gain | (.["40-120"] > 0.9, .["2k-8k"] > 0.9)]' holds.json)" "[true,false,false,true]"
check "and is to be taken down" same "$(jq -r '.[].preview.plan[-1].words | capture("peaks of (?<x>.*?) down").x' holds.json | paste -sd/)" "the kick (40-120 Hz)/2k-8k Hz"

$H preview mix.wav low.wav --targets -5,-4 --json >loud.json 2>>log
check "what is saturated is too quiet, never too loud" same \
    "$(jq -c '[.[].preview.targets[] | .why == null or .reached < .target] | all' loud.json)/$(grep -q saturated loud.json && echo some)" true/some
# The odd ones.
ffmpeg -nostdin -v error -y -i mix.wav -t 12 -ac 1 mono.wav
ffmpeg -nostdin -v error -y -i mix.wav -t 12 -ac 6 surround.wav
ffmpeg -nostdin -v error -y -i mix.wav -t 5 short.wav
ffmpeg -nostdin -v error -y -f lavfi -i anullsrc=r=44100 -t 20 silent.wav
ffmpeg -nostdin -v error -y -i mix.wav -t 12 -ar 96000 -c:a pcm_f32le high.wav
ffmpeg -nostdin -v error -y -i mix.wav -t 11 -ar 192000 -c:a pcm_s24le highest.wav
ffmpeg -nostdin -v error -y -i mix.wav -t 11 -ar 8000 -c:a pcm_s24le lowest.wav
sox -q -D mix.wav -e signed -b 16 hot.wav gain 30 2>/dev/null
sox -q -D hot.wav clipped.wav gain -3 trim 0 20
printf 'not audio' >broken.wav
$H preview mono.wav surround.wav high.wav highest.wav lowest.wav --targets -12 --write odd --json >odd.json 2>>log
check "one, six channels, 96, 192 and 8 kHz" same \
    "$(jq -c '[.[].preview.targets[0].reached | (. + 12) * 10 | round]' odd.json)" "[0,0,0,0,0]"
for odd in mono surround high highest lowest; do
    check "no peak above the ceiling ($odd)" below "$(meter "odd/$odd-12.0 LUFS.wav" | tail -1)" -0.85
done
$H preview short.wav silent.wav --json >odd.json 2>>log
check "short and silent say why" same "$?/$(jq -c '[.[].preview.why]' odd.json)" \
    '0/["shorter than 10 s","silent"]'
$H preview clipped.wav --targets -10 >clipped.txt 2>>log
ffmpeg -nostdin -v error -y -i mix.wav -t 20 -af "volume=30dB,alimiter=limit=0.9:level=false:latency=1,volume=-8dB" crushed.wav
check "crushed, with head room, too" same "$($H preview crushed.wav --targets -10 2>>log | sed -n 2p | grep -o 'First of all: the mix itself is over-limited')" \
    "First of all: the mix itself is over-limited"
check "clipped is said first" same "$(sed -n 2p clipped.txt | grep -o 'First of all.*clipped')" \
    "First of all: the mix itself is over-limited, over-compressed and clipped"
$H preview broken.wav gone.wav mix.wav --targets -14 >some.txt 2>>log
check "what cannot be read is said" same $? 3
check "and the others are there" has some.txt "-14.0"
# A link in the place of what is written leads nowhere.
echo mine >victim; ln -sf ../victim "out/$(ls out | head -n 1)"; ln -s ../victim "out/$(ls out | head -n 1).part"
$H preview mix.wav --targets -9,-16,-12 --write out >some.txt 2>>log
check "written anew, beside the victim of a link" same "$?/$(cat victim)/$(find out -type l -o -name '*.part' | wc -l)" "0/mine/0"
# Mixes of one name, as they lie in the folders of songs, and targets that are next to each other.
mkdir -p one two; sox -q -D mix.wav one/mix.wav trim 0 11; sox -q -D mix.wav two/mix.wav trim 15 11
$H preview one/mix.wav two/mix.wav --targets -12,-12.04 --write alike >some.txt 2>>log
check "each has its file" same "$(ls alike | paste -sd/)" \
    "mix (2)-12.0 LUFS.wav/mix (2)-12.04 LUFS.wav/mix-12.0 LUFS.wav/mix-12.04 LUFS.wav"
check "with its own music" same "$(md5sum alike/* | awk '{print $1}' | sort -u | wc -l)" 4
mkfifo pipe.wav
for what in pipe gone broken; do
    $H preview mix.wav --targets -14 --reference $what.wav >some.txt 2>some.log
    check "a reference that cannot be read is told ($what)" same "$?/$(grep -c "$what.wav: .*goes without it" some.log)" 3/1
done
for wrong in "" , loud -16,0 -99; do
    $H preview mix.wav --targets "$wrong" >/dev/null 2>>log
    check "targets \"$wrong\"" same $? 2
done

# In a job: unreleased mixes and corrected ones; the pairs tell how far it comes true.
ffmpeg -nostdin -v error -y -i bright.wav -af "volume=9dB,alimiter=limit=0.8:level=false:latency=1" -c:a flac m2.flac
cat >job.yaml <<YAML
hindsight: 1
artist: Previewed
preview: on
targets: {references: [high.wav]}
releases:
  - title: Out
    tracks:
      - {title: Two, master: m2.flac, mix: bright.wav, update: {mix: dull.wav}}
  - title: To come
    tracks:
      - {title: One, mix: mix.wav}
      - {title: Short, mix: short.wav}
YAML
$H audit job.yaml -o r1 -j 1 -q --no-clips 2>>log
check "an audit with previews" same $? 0
$H audit job.yaml -o r3 -j 3 -q --no-clips 2>>log
check "audit.json of one and three threads" cmp r1/audit.json r3/audit.json
check "it fits the schema" python3 "$SOURCE/tests/validate.py" "$SOURCE/docs/audit.schema.json" r1/audit.json
check "the unreleased mix has five targets" same "$(jq '.tracks[1].preview.targets | length' r1/audit.json)" 5
check "the corrected one that of its master too" same \
    "$(jq '[.tracks[0].preview.targets[].of_master] | length, any' r1/audit.json | paste -sd/)" 6/true
check "the pair is counted" same "$(jq '.preview.pairs + .preview.hardly_mastered' r1/audit.json)" 1
check "the short one says why" same "$(jq -r '.tracks[2].preview.why' r1/audit.json)" "shorter than 10 s"
touch -d '2001-01-01' mix.wav
$H audit job.yaml -o r1 -q --no-clips 2>>log
check "a warm run has the same bytes" cmp r1/audit.json r3/audit.json
# Many machines: previews are made in the shards, and the audit behind the merge makes none.
$H split job.yaml -n 2 -o run -q 2>>log
for i in 0 1; do $H work run $i -q 2>>log; done
$H merge run -q >>log 2>&1
previews() { python3 -c "import sqlite3; print(sqlite3.connect('$1').execute('SELECT count(*) FROM results WHERE kind = $KIND').fetchone()[0])"; }
KIND=$(awk '/HS_RESULT_PREVIEW/ { gsub(/[^0-9]/, "", $3); print $3 }' "$SOURCE/src/store/results.h")
check "mastered in the shards" same "$(previews run/store/store.sqlite)" "$(previews r3/.hindsight/store.sqlite)"
$H audit job.yaml -o rm --store run/store --no-clips -q 2>>log
check "the same bytes from two shards" cmp rm/audit.json r3/audit.json

# Clips: the mix and its previews, at equal loudness.
$H audit job.yaml -o r1 -q 2>>log
clip=$(ls r1/clips/*-preview-a.webm | head -1)
check "six sides of the unreleased mix" same "$(ls "${clip%-a.webm}"-?.webm | wc -l)" 6
for side in b d f; do
    check "side $side is as loud as the mix" near "$(meter "${clip%a.webm}$side.webm" | head -1)" "$(meter "$clip" | head -1)" 0.4
done
check "and they stand on its page" same "$(grep -o '<audio' "r1/previews/$(basename "${clip%-preview-a.webm}").html" | wc -l)" 6
$H preview mix.wav --job job.yaml --targets -14 --json >job.json 2>>log
check "beside a job" same "$?/$(jq '.[0].preview.backtest.pairs' job.json)" \
    "0/$(jq '.preview.pairs' r1/audit.json)"
finish
