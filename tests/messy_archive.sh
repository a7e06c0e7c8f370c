#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# messy_archive.sh FOLDER MUSIC: builds a label's archive as they are, out of real music (the
# Debian packages that scripts/music unpacks): umlauts, quotes, decomposed names, capitals in
# endings, editions, dates, old folders, movements of one name, a sampler, stems, and what is
# no audio at all. Pieces are short and each is another piece of music.
set -eu
to=$1 music=$2
mapfile -t songs < <(find "$music"/{noiz2sa,a7xpg,parsec47,rrootage,torus-trooper,tumiki-fighters,gunroar,mu-cade,titanion}-data \
    -name '*.ogg' | sort)
# piece FILE SONG [START [SECONDS [FILTER]]]: a piece of the music of that number.
piece() {
    mkdir -p "$(dirname "$to/$1")"
    ffmpeg -nostdin -v error -y -ss "${3:-5}" -t "${4:-21}" -i "${songs[$2]}" -ar 44100 -map_metadata -1 \
        ${5:+-af "$5"} "file:$to/$1"
}
# What mastering makes of a mix.
master="volume=6dB,treble=g=2,alimiter=level=0"
tags() { local f=$to/$1; shift; metaflac "${@/#/--set-tag=}" "$f"; }
nfd_cafe=$(printf 'Cafe\xcc\x81') nfc_cafe=$(printf 'Caf\xc3\xa9')

# A band: an album with mixes in several states.
b="Müller's Söhne/2003 - Früher [24-96]"
piece "$b/masters/01 Über \"alles\".wav" 0 5.3 20 "$master"
piece "$b/masters/02 Lithium.WAV" 1 5.3 20 "$master"
piece "$b/masters/03 $nfd_cafe.flac" 2 5.3 20 "$master"
piece "$b/masters/04 Nachtfahrt.flac" 3 5.3 20 "$master"
piece "$b/mixes/uber alles mix 3, no lim.wav" 0
piece "$b/mixes/uber alles mix 2.wav" 0 5 21 volume=-1dB
piece "$b/mixes/lithium_final.wav" 4
piece "$b/mixes/lithium_v2.wav" 1
piece "$b/old/lithium_final.wav" 5
piece "$b/mixes/$nfc_cafe mix 20040503.wav" 2
piece "$b/mixes/Kleine Nachtfahrt durch die grosse Stadt 12.03.2004.wav" 3
piece "$b/stems/Lithium/01 lead vox.wav" 1 5 21 lowpass=3000
piece "$b/stems/Lithium/kick.wav" 1 5 21 lowpass=150
piece "$b/stems/$nfc_cafe - Git L+R.wav" 2 5 21 highpass=900
: >"$to/$b/masters/05 Leer.wav"
printf '%%PDF-1.4\n' >"$to/$b/booklet.pdf"
printf 'x' >"$to/$b/Cover.JPG"
printf 'Mac OS X' >"$to/$b/masters/._01 Über \"alles\".wav"
printf 'x' >"$to/$b/.DS_Store"
# The same album again, as it was reissued, and on stage.
piece "Müller's Söhne/Früher (2015 Remaster) (2CD)/02 Lithium.flac" 1 5.3 20 "volume=9dB,alimiter=level=0"
piece "Müller's Söhne/Früher (Live 2003) [MS-007]/02 Lithium.flac" 6 5.3 20 "$master"
# Movements of one name and one length.
c="Kammerorchester/Sonatas (10th Anniversary Edition)"
piece "$c/CD1/01 Allegro.flac" 7 5 20
piece "$c/CD1/04 Allegro.flac" 8 5 20
piece "$c/CD2/02 Allegro.flac" 9 5 20
piece "Kammerorchester/Concertos/No 1/Allegro.flac" 10 5 20
piece "Kammerorchester/Concertos/No 2/Allegro.flac" 11 5 20
piece "Kammerorchester/Concertos/mp3/Allegro.mp3" 10 5 20
for f in "CD1/01 Allegro" "CD1/04 Allegro" "CD2/02 Allegro"; do
    tags "$c/$f.flac" "ALBUM=Sonatas" "ARTIST=Kammerorchester"
done
for n in 1 2; do tags "Kammerorchester/Concertos/No $n/Allegro.flac" "ALBUM=Concertos" "ARTIST=Kammerorchester"; done
# A sampler: many artists, one recording code on all of it.
s="Sampler (Disc 1)"
for n in 1 2 3; do
    piece "$s/0$n Titel $n.flac" $((11 + n)) 5 20
    tags "$s/0$n Titel $n.flac" "TITLE=Titel $n" "ALBUM=Sampler" "ALBUMARTIST=Various Artists" "ARTIST=Gast $n" \
        "ISRC=DEXX10400001" "TRACKNUMBER=$n"
done
