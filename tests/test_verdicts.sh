#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-cost: 50
# The verdicts from end to end, short form of scripts/bench-verdicts: a family of made-up
# songs is its own reference; FFmpeg puts one fault into one song; the fault is named, sound
# songs and faults too small to hear are not, and pairs tell where a fault came from.
# test-labels: once
set -u
passed=0 failed=0
check() { if "${@:2}"; then passed=$((passed + 1)); else
    echo "failed: $1" >&2; failed=$((failed + 1)); fi; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

# song NAME BEAT SEED: 24 s of drums, bass and panned notes, never the same bar twice;
# louder in the second half.
song() {
    local b=$2 n="floor(t/$2)" seed=$3
    local hz="165*pow(2\,floor(8*abs(sin($seed*$n+1)))/6)" hit="(0.7+0.3*sin(3*$seed*$n))"
    local drums="0.30*$hit*sin(2*PI*52*mod(t\,$b))*exp(-9*mod(t\,$b))+0.10*sin(2*PI*$hz/2*t)"
    local l="0.07*sin(2*PI*$hz*t)*exp(-2*mod(t\,$b))+0.05*sin(2*PI*$hz*2.52*t)+0.03*sin(2*PI*$hz*6.01*t)"
    local r="0.07*sin(2*PI*$hz*1.5*t)*exp(-2*mod(t\,$b))+0.05*sin(2*PI*$hz*3.01*t)+0.03*sin(2*PI*$hz*7.49*t)"
    local hat="exp(-25*mod(t+$b/2\,$b))"
    l="$l+0.25*(random(0)-0.5)*$hat+0.01*(random(1)-0.5)"
    r="$r+0.25*(random(0)-0.5)*$hat+0.01*(random(2)-0.5)"
    ffmpeg -v error -y -f lavfi -i "aevalsrc=exprs='$drums+$l|$drums+$r':s=44100:d=24" \
        -af "highshelf=f=3000:g=-9,lowpass=f=15000,volume='0.6+0.3*gte(t,12)':eval=frame" -c:a pcm_s24le "$1.wav" </dev/null
}
# fault NAME SONG FILTERS
fault() {
    ffmpeg -v error -y -i "$2.wav" -af "$3" -c:a pcm_s24le "$1.wav" </dev/null
    faults+=("$1")
}
for i in 0 1 2 3 4 5 6 7 8 9 10 11; do
    song "s$i" "0.$((46 + i))" "$((i + 2)).$((37 * i + 11))" &
    [ $((i % 2)) = 1 ] && wait
done
faults=()
fault bright s8 "highshelf=f=5000:t=q:w=0.7:g=8,volume=-6dB"
fault dull s9 "highshelf=f=5000:t=q:w=0.7:g=-9"
fault boomy s10 "lowshelf=f=130:t=q:w=0.7:g=9,volume=-6dB"
fault thin s11 "lowshelf=f=200:t=q:w=0.7:g=-10"
fault narrow s8 "stereotools=slev=0.25"
fault wide s9 "stereotools=slev=2.5,volume=-6dB"
fault lopsided s10 "pan=stereo|c0=c0|c1=0.6*c1"
fault out_of_phase s11 "pan=stereo|c0=c0-0.8*c1|c1=c1-0.8*c0"
fault clipped s8 "volume=12dB,aformat=sample_fmts=s16,aformat=sample_fmts=flt,volume=-2dB"
fault dc_offset s9 "volume=-3dB,dcshift=shift=0.05"
fault silent s10 "volume=-60dB"
# Too small to hear.
fault control_bright s8 "highshelf=f=5000:t=q:w=0.7:g=0.4"
fault control_boomy s10 "lowshelf=f=130:t=q:w=0.7:g=0.4"
fault control_lopsided s9 "pan=stereo|c0=c0|c1=0.97*c1"
fault control_wide s11 "stereotools=slev=1.05"

{
    printf 'hindsight: 1\nartist: Bench\nrules: {level_jump: off, tone_jump: off}\ntargets: {references: ["s[0-7].wav"]}\n'
    printf 'releases:\n  - title: Clean\n    tracks:\n'
    for s in s8 s9 s10 s11; do printf '      - {title: %s, master: %s.wav}\n' $s $s; done
    printf '  - title: Faulty\n    tracks:\n'
    for s in "${faults[@]}"; do printf '      - {title: %s, master: %s.wav}\n' "$s" "$s"; done
} >blind.yaml
"$HINDSIGHT" audit blind.yaml -o blind --no-clips -q </dev/null
check "audit: exit $?" [ -f blind/audit.json ]
# leads TITLE: rules of its lead findings above note.
leads() {
    jq -r --arg t "$1" '.tracks[] | select(.title == $t) | .findings[]
        | select(.part_of == null and .severity != "note" and .origin != "cured") | .rule' \
        "${2:-blind}/audit.json" | tr '\n' ' '
}
for s in s8 s9 s10 s11; do check "$s is sound: $(leads $s)" [ -z "$(leads $s)" ]; done
for f in "${faults[@]}"; do
    found=$(leads "$f")
    case $f in
    control_*) check "$f is not to be heard: $found" [ -z "$found" ] ;;
    *) check "$f is named: $found" grep -qw "$f" <<<"$found" ;;
    esac
done
voices=$(jq -r '[.tracks[].findings[] | select(.rule | test("^(vocal_|sibilant)"))] | length' blind/audit.json)
check "nobody sings" [ "$voices" = 0 ]
judged=$(jq -r '[.tracks[] | select(.title == "s8") | (.not_judged | map(.why | length > 0) | all)] | all' blind/audit.json)
check "what is not judged has a reason" [ "$judged" = true ]

# Where it came from: the mix is 24 bit, begins earlier and has another level.
mix() { ffmpeg -v error -y -i "$2.wav" -af "volume=-4dB,adelay=250|250" -c:a pcm_s24le "$1.mix.wav" </dev/null; }
mix brought s8
mix kept bright
mix cured bright
{
    printf 'hindsight: 1\nartist: Bench\nrules: {level_jump: off, tone_jump: off}\ntargets: {references: ["s[0-7].wav"]}\n'
    printf 'releases:\n  - title: Pairs\n    tracks:\n'
    printf '      - {title: brought, master: bright.wav, mix: brought.mix.wav, recall: session, heard: [too bright]}\n'
    printf '      - {title: kept, master: bright.wav, mix: kept.mix.wav, recall: session}\n'
    printf '      - {title: cured, master: s8.wav, mix: cured.mix.wav, recall: session}\n'
} >pairs.yaml
"$HINDSIGHT" audit pairs.yaml -o pairs --no-clips -q </dev/null
finding() { jq -r --arg t "$1" --arg r "$2" ".tracks[] | select(.title == \$t) | .findings[] | select(.rule == \$r) | $3" pairs/audit.json; }
is() { check "$1: '$2', expected '$3'" [ "$2" = "$3" ]; }
is "brought in by mastering" "$(finding brought bright .origin)" mastering
is "in the mix and kept" "$(finding kept bright .origin)" mix
is "cured" "$(finding cured bright .origin)" cured
is "corrected in the mix" "$(finding kept bright .correction.where)" mix
is "corrected in the master" "$(finding brought bright .correction.where)" master
is "heard" "$(finding brought bright .heard)" true
is "ticks" "$(jq -c '.tracks[0].heard[0] | [.rule, .in_master, .in_mix]' pairs/audit.json)" '["bright",true,false]'
echo "$passed passed, $failed failed"
[ $failed = 0 ]
