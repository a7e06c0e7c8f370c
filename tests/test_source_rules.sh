#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 50
# Faults of files and transfers, each made by another program and audited: one cause is one
# finding, what is only like it is none, and what was left out is told wherever people look.
. ./lib.sh
H=$HINDSIGHT
music=$SOURCE/build/music
cd "$T" || exit 1
ff() { ffmpeg -nostdin -v error -y "$@"; }
near() { python3 -c 'import sys; a, b, t = map(float, sys.argv[1:]); sys.exit(not abs(a - b) <= t)' "$1" "$2" "$3" ||
    { echo "  got $1, expected $2 +- $3" >&2; return 1; }; }
lufs() { ffmpeg -nostdin -nostats -i "$1" -af ebur128 -f null - 2>&1 | sed -n 's/^ *I: *\(.*\) LUFS/\1/p' | tail -n 1; }

# Music that reaches 22 kHz: two mono songs at a time, left and right of the middle. They came out of
# Vorbis: played a little faster that is no longer seen.
song() { ff -ss 4 -t 32 -i "$(find "$music/$1/" -name "$2.ogg")" -ac 1 -ar 44100 "$2.wav"; }
song gunroar-data gr1
song mu-cade-data mcd1
song a7xpg-data bgm1
song torus-trooper-data tt2
sox -M gr1.wav mcd1.wav a.wav remix 1v0.6,2v0.3 1v0.3,2v0.6 gain -3 speed 1.0037 rate -v 44100
sox -M bgm1.wav tt2.wav b.wav remix 1v0.6,2v0.4 1v0.4,2v0.6 gain -3 speed 1.0037 rate -v 44100
as() { ff -i a.wav "${@:2}" "coded.$1"; ff -i "coded.$1" -ar 44100 -sample_fmt s16 "$name.wav"; }
names=() wants=()
case_() { # NAME "RULES" COMMAND...: makes NAME.wav
    name=$1
    names+=("$1") wants+=("$2")
    shift 2
    "$@" || exit 1
}
case_ plain "" sox a.wav plain.wav gain -1
case_ other "" sox b.wav other.wav gain -1
# A wall is not yet an encoder.
case_ fm "band_limited" sox a.wav fm.wav sinc -15000
case_ sampler "band_limited" sox b.wav sampler.wav rate 28000 rate 44100
case_ steep "" sox a.wav steep.wav sinc -20000
case_ cut "band_limited" sox b.wav cut.wav sinc -16000 trim 2.34567 23
# Encoders, at low and at high rates.
case_ mp3_192 "lossy_source" as mp3 -c:a libmp3lame -b:a 192k
case_ mp3_320 "lossy_source" as mp3 -c:a libmp3lame -b:a 320k
case_ aac_256 "lossy_source" as m4a -c:a aac -b:a 256k
case_ vorbis_6 "lossy_source" as ogg -c:a libvorbis -q:a 6
sox mp3_192.wav quieter.wav trim 1.2345 gain -2
names+=(quieter) wants+=("lossy_source")
# Upsampled: by two programs, and on top of an encoder.
case_ up_sox "upsampled" sox a.wav -b 24 up_sox.wav rate -v 96000
case_ up_ffmpeg "upsampled" ff -i b.wav -ar 96000 -c:a pcm_s24le up_ffmpeg.wav
case_ both "lossy_source upsampled" ff -i mp3_320.wav -ar 96000 -c:a pcm_s24le both.wav
# Silence put in by hand, without a mix to show what is missing.
case_ silenced "damaged" ff -i a.wav -af "volume=0:enable='between(t,10.137,11)+between(t,20.2,21)'" silenced.wav

# What cannot be heard in a spectrum.
ff -i a.wav -af 'pan=mono|c0=c0' left.wav; ff -i a.wav -af 'pan=mono|c0=c1' long.wav
sox long.wav right.wav trim 0 "$(python3 -c "print($(soxi -D long.wav) - 13)")"
ff -i a.wav -c:a pcm_f32le broken.wav
python3 - <<'P'
import struct
b = bytearray(open("broken.wav", "rb").read())
at = b.index(b"data") + 8 + 8 * 300000
b[at:at + 4] = struct.pack("<f", 1e30)
open("broken.wav", "wb").write(b)
b = bytearray(open("coded.mp3", "rb").read())
for i in range(100000, 103000):
    b[i] = 0
open("holed.mp3", "wb").write(b)
P
ff -i a.wav -c:a pcm_s24le of_16.wav
sox -D -G a.wav -b 8 eight.wav
sox -D eight.wav -b 16 of_8.wav
ff -i a.wav -af volume=-9dB -c:a pcm_s16le pre.wav
sox pre.wav -b 24 deemph.wav deemph
printf 'FILE "pre.wav" WAVE\n TRACK 01 AUDIO\n  FLAGS PRE\n  INDEX 01 00:00:00\n' >pre.cue

{
    printf 'hindsight: 1\nartist: S\nrules: {level_jump: off, tone_jump: off}\nreleases:\n  - title: R\n    tracks:\n'
    for n in "${names[@]}"; do echo "      - {title: $n, master: $n.wav}"; done
    echo '      - {title: sides, master: {left: left.wav, right: right.wav}}'
    echo '      - {title: broken, master: broken.wav}'
    echo '      - {title: holed, master: holed.mp3}'
    echo '      - {title: pre, master: {file: pre.wav, cue: pre.cue, number: 1}}'
    echo '      - {title: deemph, master: deemph.wav}'
    echo '      - {title: lossy mix, master: mp3_192.wav, mix: coded.mp3}'
} >job.yaml
ff -i a.wav -c:a libmp3lame -b:a 192k coded.mp3
"$H" audit -q job.yaml -o report --no-clips 2>log
code=$?
check "audit: $code $(cat log)" test $code = 0 -o $code = 3
rules='["lossy_source","upsampled","band_limited","damaged","dual_mono","truncated","silent"]'
found() { # TITLE: rules of the source that speak for themselves
    jq -r --arg t "$1" --argjson r "$rules" '[.tracks[] | select(.title == $t) | .findings[] |
        select(.part_of == null and (.rule as $x | $r | index($x) != null)) | .rule] | sort | join(" ")' report/audit.json
}
of() { jq -r --arg t "$1" ".tracks[] | select(.title == \$t) | $2" report/audit.json; }
for i in "${!names[@]}"; do check "${names[i]}" same "$(found "${names[i]}")" "${wants[i]}"; done
check "the encoder has its name" same "$(of mp3_320 .master.measures.encoder) $(of aac_256 .master.measures.encoder) \
$(of vorbis_6 .master.measures.encoder) $(of both .master.measures.encoder)" "MP3 AAC Vorbis MP3"

# Damage is a finding, and told on the page, in JSON and by `measure`.
said='the right file is 13.000 s shorter: silence instead'
check "a side is missing" same "$(found sides)" damaged
check "for 13 s" near "$(of sides '.findings[] | select(.rule == "damaged") | .value')" 13 0.01
check "JSON" same "$(of sides '.master.remarks[0]')" "$said"
check "the page" has report/tracks/r-sides.html "$said"
check "packets" has <(of holed '.master.remarks[]') 'damaged packet'
check "are missed" same "$(found holed)" damaged
"$H" measure holed.mp3 >measured
check "measure" has measured 'damaged packet'

# One impossible sample: said, and the rest is judged without it.
check "1e30 is said" has <(of broken '.master.remarks[]') '1 sample is no audio (NaN, infinite or beyond +60 dBFS)'
check "1e30 is not loud" near "$(of broken .master.measures.integrated_lufs)" "$(lufs a.wav)" 0.06
check "1e30 is no peak" near "$(of broken .master.measures.sample_peak_dbfs)" \
    "$(ffmpeg -nostdin -i a.wav -af volumedetect -f null - 2>&1 | sed -n 's/.*max_volume: \(.*\) dB/\1/p')" 0.06

# Effective bits, as Python counts them.
used() { ffmpeg -nostdin -v error -i "$1" -f s32le - | python3 -c 'import array, functools, operator, sys
a = array.array("i", sys.stdin.buffer.read()); n = functools.reduce(operator.or_, a) & 0xffffffff
print(32 - (n & -n).bit_length() + 1)'; }
for f in a.wav of_16.wav of_8.wav up_sox.wav; do
    check "bits of $f" same "$("$H" measure --json "$f" | jq '.[0].measures.effective_bits')" "$(used "$f")"
done
check "16 in 24" same "$(used of_16.wav)" 16
check "8 in 16" same "$(used of_8.wav)" 8

# CD pre-emphasis by the flag of a cue sheet: judged after de-emphasis, as SoX does it.
check "de-emphasis is said" has <(of pre '.master.remarks[]') 'read after de-emphasis (50/15 us)'
check "loudness" near "$(of pre .master.measures.integrated_lufs)" "$(of deemph .master.measures.integrated_lufs)" 0.05
for band in 20 24 27 29; do
    check "band $band" near "$(of pre ".master.measures.bands_db[$band]")" "$(of deemph ".master.measures.bands_db[$band]")" 0.1
done

# A lossy mix, and a master made from it.
check "origin" same "$(of 'lossy mix' '.findings[] | select(.rule == "lossy_source") | .origin')" mix
finish
