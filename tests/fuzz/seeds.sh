#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# seeds.sh TARGET FOLDER: small, whole inputs from which a fuzzer starts.
set -eu
target=$1 folder=$2
[ -e "$folder/.made" ] && exit 0
cd "$folder"

media() {
    local tone='aevalsrc=0.5*sin(440*2*PI*t)|0.3*sin(660*2*PI*t):s=44100:d=0.12'
    encode() { ffmpeg -nostdin -v error -y -f lavfi -i "$tone" -fflags +bitexact "$@"; }
    encode -c:a pcm_s16le a.wav
    encode -c:a pcm_s24le -rf64 always b.wav
    encode -c:a pcm_f32le -write_bext 1 -metadata description=bext c.wav
    encode -c:a pcm_u8 -ac 1 d.wav
    encode -c:a adpcm_ms e.wav
    encode -c:a pcm_s16le a.w64
    encode -c:a pcm_s24be a.aiff
    encode -c:a pcm_s16be a.caf
    encode -c:a alac b.caf
    encode -c:a pcm_s16be a.au
    encode -c:a flac -metadata title=x a.flac
    encode -c:a wavpack a.wv
    encode -c:a tta a.tta
    encode -c:a alac a.m4a
    encode -c:a aac -movflags +faststart b.m4a
    encode -c:a aac -movflags frag_keyframe+empty_moov c.m4a
    encode -c:a libmp3lame -metadata title=x a.mp3
    encode -c:a libmp3lame -write_xing 0 b.mp3
    encode -c:a mp2 a.mp2
    encode -c:a aac -f adts a.aac
    encode -c:a ac3 a.ac3
    encode -c:a libvorbis a.ogg
    encode -c:a flac a.oga
    encode -c:a libopus -ar 48000 a.opus
    encode -c:a libopus -ar 48000 a.webm
    encode -c:a libvorbis a.mka
    encode -c:a wmav2 a.wma
    encode -c:a truehd -strict -2 a.thd
}

job() {
    printf 'hindsight: 1\nartist: A\nreleases:\n  - title: R\n    year: 2004\n    tracks:\n      - {title: S, master: a.wav, mix: b.wav}\n' >a.yaml
    cat >b.yaml <<'YAML'
hindsight: 1
artist: The Example Band
audio: audio
targets: {references: [a.wav], mix_references: [b.wav], profile: popular}
defaults: &d {genre: rock, mixed_by: A. Mixer, mastered_by: B. Master, recall: session}
rules: {wide: off, wet: {limit: 2.5}}
budget: 40
max_missing: 0.2
releases:
  - title: First Album
    year: 2004
    catalogue_number: EX-001
    studio: Red Room
    label: L
    barcode: 0123456789012
    tracks:
      - title: Song
        id: song
        isrc: AUXX10400001
        master: masters/01 Song.flac
        mix: {left: song.L.wav, right: song.R.wav}
        stems: {vocal: stems/vox.wav, kick: stems/kick.wav}
        update: {mix: fixes/song_mix_v8.wav}
        recall: none
        plays: 120000
        heard: [kick_low, "vocals too bright", {note: dull, in_master: yes, in_mix: no, at: [63, 71]}]
        accept: {wide: "on purpose"}
        instrumental: false
      - {title: 'Zwei ''2''', master: x.wav, mix: [a.wav, b.wav], disc: 2, track: 7, mixed: 1999, mastered: 2003}
YAML
    printf 'a: &a [x, x]\nb: &b [*a, *a]\nhindsight: 1\nreleases: *b\n' >c.yaml
    printf 'hindsight: 1\nartist: "\\u00e4\\x41"\nreleases: []\nunknwon: |\n  text\n  more\n' >d.yaml
}

# The head of fuzz_measure.c's input, then floats.
measure() {
    for n in 0 1 2 3; do
        printf "\\x0$n\\x02\\x21\\x00" >s$n
        ffmpeg -nostdin -v error -f lavfi -i "aevalsrc=0.5*sin(440*2*PI*t):s=8000:d=0.6" -f f32le - >>s$n
    done
}

values() {
    printf 'abc\001\002\003\004\005\006\007\010' >a
    head -c 300 /dev/zero >b
}

# A plan of another hash, and bytes that begin as a shard and as orders do.
shards() {
    printf '{"format":"hindsight-plan/1","hash":"00","job":"/a/job.yaml","job_hash":"01","program":"02","max_missing":0.5,"shards":[{"shard":0,"files":2,"pairs":1,"weight_s":10,"hash":"03"},{"shard":0,"files":1e300,"pairs":-1,"weight_s":"nan","hash":"zz"}]}\n' >a
    printf '{"format":"hindsight-plan/1","shards":[' >b
    printf 'HSh2' >c; head -c 200 /dev/zero >>c
    printf 'HCc1\001\000\000\000\000\000\000\000' >d; head -c 300 /dev/zero >>d
}

"${target#fuzz_}"
touch .made
