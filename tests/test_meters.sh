#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# Loudness and true peak of rendered music against FFmpeg's own meters: ebur128 for the
# loudness, and for the true peak the sample peak behind an eight-fold resampling by soxr.
# Mastered quiet, limited and clipped, at four rates, lossless and lossy.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
midi=/usr/share/games/openttd/baseset/openmsx
font=/usr/share/sounds/sf2/FluidR3_GM.sf2
checked=0 failed=0

near() { # what got wanted tolerance
    checked=$((checked + 1))
    awk -v a="$2" -v b="$3" -v t="$4" 'BEGIN { d = a - b; exit !(d <= t && d >= -t) }' ||
        { echo "$1: $2, FFmpeg says $3 (+- $4)" >&2; failed=$((failed + 1)); }
}
# file rate -> integrated and range (of a file 1.5 s of silence belong to it, Tech 3342).
# FFmpeg's filter is the recommendation's at 48 kHz and 0.03 dB lower at 96 kHz.
meter() {
    ffmpeg -nostdin -v error -i "$1" -af \
        aresample=$(($2 > 48000 ? 48000 : $2)),apad=pad_dur=1.5,ebur128=metadata=1,ametadata=print:file=- -f null - |
        awk -F= '/r128.I=/ { i = $2 } /r128.LRA=/ { r = $2 } END { print i, r }'
}
top() { # file rate -> true peak, 12 dB down so that no converter clips
    ffmpeg -nostdin -nostats -i "$1" -af "aformat=sample_fmts=fltp,volume=-12dB,\
aresample=$(($2 * 8)):resampler=soxr:precision=28:cutoff=0.99,aformat=sample_fmts=fltp,\
astats=measure_perchannel=none" -f null - 2>&1 |
        awk '/Peak level dB/ { p = $NF } END { print p + 12 }'
}
compare() { # file rate
    "$HINDSIGHT" measure --json "$1" >"$work/m.json"
    local got wanted
    got=$(jq -r '.[0].measures | "\(.integrated_lufs) \(.loudness_range_lu) \(.true_peak_dbtp)"' "$work/m.json")
    set -- "$1" "$2" $got $(meter "$1" "$2") "$(top "$1" "$2")"
    near "${1##*/} integrated" "$3" "$6" 0.05
    near "${1##*/} range" "$4" "$7" 0.3
    near "${1##*/} true peak" "$5" "$8" 0.1
}

for song in busy_schedule the_hobo_redfarn; do
    fluidsynth -ni -g 0.6 -r 48000 -O s24 -T wav -F "$work/all.wav" "$font" "$midi/$song.mid" >/dev/null 2>&1
    # Cut where nothing sounds abruptly: a meter that does not see the silence before a
    # step reads another true peak there.
    ffmpeg -nostdin -v error -y -i "$work/all.wav" -t 30 \
        -af "afade=t=in:d=0.02,afade=t=out:st=29.9:d=0.1" -c:a pcm_f32le "$work/mix.wav"
    ffmpeg -nostdin -v error -y -i "$work/mix.wav" -ar 44100 -c:a flac "$work/$song.44.flac"
    ffmpeg -nostdin -v error -y -i "$work/mix.wav" -af "volume=14dB,alimiter=limit=0.95:level=false" \
        -ar 48000 -c:a pcm_s24le "$work/$song.limited.48.wav"
    ffmpeg -nostdin -v error -y -i "$work/mix.wav" \
        -af "volume=16dB,aformat=sample_fmts=s32,aformat=sample_fmts=flt,volume=-4dB" -ar 96000 -c:a flac "$work/$song.clipped.96.flac"
    ffmpeg -nostdin -v error -y -i "$work/mix.wav" -af "volume=12dB,alimiter=limit=0.9:level=false" \
        -ar 22050 -c:a pcm_s16le "$work/$song.22.wav"
    ffmpeg -nostdin -v error -y -i "$work/mix.wav" -af volume=6dB -ar 44100 -b:a 192k "$work/$song.mp3"
    compare "$work/$song.44.flac" 44100
    compare "$work/$song.limited.48.wav" 48000
    compare "$work/$song.clipped.96.flac" 96000
    compare "$work/$song.22.wav" 22050
    compare "$work/$song.mp3" 44100
done
echo "$checked passed, $failed failed"
[ "$failed" = 0 ] && [ "$checked" -gt 0 ]
