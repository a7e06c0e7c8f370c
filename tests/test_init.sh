#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 45
# `hindsight init` over made-up archives in several studios' ways of naming: pairs by name
# and length, by loudness and by the audio; what is set aside; an edited file is added to.
set -u
passed=0 failed=0
check() { if "${@:2}"; then passed=$((passed + 1)); else
    echo "failed: $1" >&2; failed=$((failed + 1)); fi; }
here=$PWD
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
# tone FILE SECONDS HZ [CHANNELS]: stands for a recording of that length.
tone() {
    mkdir -p "$(dirname "$1")"
    ffmpeg -v error -y -f lavfi -i "sine=$3:r=44100:d=$2" -af volume=0.5 -ac "${4:-2}" \
        "file:$1" </dev/null
}
# init CODE NAME DIR...: runs, keeps NAME.yaml, NAME.json, NAME.err.
init() {
    local expected=$1 name=$2
    shift 2
    "$HINDSIGHT" init --json -o "$name.yaml" "$@" >"$name.json" 2>"$name.err" </dev/null
    local got=$?
    check "$name: exit $got, expected $expected: $(cat "$name.err")" [ $got = "$expected" ]
    "$HINDSIGHT" check "$name.yaml" >"$name.plan" 2>&1
}
# mix NAME TITLE: the mixes a title was given, joined by +.
mix() { jq -r --arg t "$2" '.tracks[] | select(.title == $t) | .mixes | join("+")' "$1.json"; }
left_out() { jq -r --arg p "$2" '.left_out[] | select(.path == $p) | .why' "$1.json"; }
is() { check "$1: $2 gives '$3', expected '$4'" [ "$3" = "$4" ]; }

# 1. Folders, revisions, an approved mix called master, discrete channels, NFD, copies.
tone "a/masters/01 Song.flac" 3 440
tone "a/masters/02 Other Song.flac" 4.5 550
tone "a/masters/03 Café.flac" 5 600
tone "a/masters/04 Lonely.flac" 6 300
tone "a/masters/05 Song (Radio Edit).flac" 2 440
tone "a/masters/06 Solo.flac" 7 350
tone "a/masters/mp3/01 Song.mp3" 3 440
tone a/mixes/song_mix_v6.wav 3.1 440
tone a/mixes/song_mix_v7.wav 3.1 440
tone "a/mixes/song (old mix).wav" 3.1 440
tone a/mixes/lonely_mix_old.wav 6 300
tone a/mixes/song_mix_v10_inst.wav 3.1 440
tone a/mixes/song_TV_v9.wav 3.1 440
tone a/mixes/AI_OtherSong_MI02_Master_48k24b.wav 4.6 550
tone "a/mixes/$(printf 'cafe\xcc\x81') final.L.wav" 5 600 1
tone "a/mixes/$(printf 'cafe\xcc\x81') final.R.wav" 5 600 1
tone a/mixes/orphan.wav 60 220
tone a/stems/vox.wav 3 900
tone a/mixes/._ghost.wav 3 900
init 0 a a
is a "the highest revision" "$(mix a Song)" mixes/song_mix_v7.wav
is a "an approved mix" "$(mix a 'Other Song')" mixes/AI_OtherSong_MI02_Master_48k24b.wav
check "a: NFC and NFD are one name, channels are joined" grep -q 'left: .*final.L.wav, right: ' a.yaml
is a "the only mix, though it is called old" "$(mix a Lonely)" mixes/lonely_mix_old.wav
is a "no mix" "$(mix a Solo)" ""
is a "older revisions" "$(grep -c 'older: mixes/song_mix_v6.wav, mixes/song (old mix).wav' a.yaml)" 1
is a "instrumental" "$(left_out a mixes/song_mix_v10_inst.wav)" instrumental
is a "TV mix" "$(left_out a mixes/song_TV_v9.wav)" "TV mix"
is a "stem" "$(left_out a stems/vox.wav)" stem
is a "orphan" "$(left_out a mixes/orphan.wav)" "mix without a master"
is a "a copy in another format" "$(left_out a 'masters/mp3/01 Song.mp3')" "copy of a master"
is a "a version beside its song" "$(left_out a 'masters/05 Song (Radio Edit).flac')" "radio edit"
is a "tracks" "$(jq '.tracks | length' a.json)" 5
check "a: confidence and reason" grep -q '# pairing 0.98: same name; 3.0 s, the mix 3.1 s; revision 7' a.yaml
check "a: the job loads" grep -q '5 tracks, 4 with a mix' a.plan
check "a: nothing is missing" [ "$(grep -c '(missing)' a.plan)" = 0 ]

# 2. Albums by folder, one title twice, discs; tags beat folders.
for album in "2001 - First" "2004 - Second"; do
    tone "b/$album/masters/1-01 Intro.wav" 3 440
    tone "b/$album/mixes/Intro mix 2.wav" 3 440
    tone "b/$album/masters/2-01 Outro.wav" 4 440
done
tone "b/2004 - Second/mixes/Outro mix 1.wav" 4 440
tone "b/loose/track.flac" 7 333
metaflac --set-tag="TITLE=1999" --set-tag="ALBUM=Best: of #1" --set-tag="ARTIST=NO" \
    --set-tag="ISRC=AUXX10400001" --set-tag="DATE=2010-05-01" --set-tag="TRACKNUMBER=3/9" b/loose/track.flac
init 0 b b
is b "releases" "$(grep -c '^  - title:' b.yaml)" 3
is b "same title, own album" "$(jq -r '.tracks[] | select(.release == "Second" and .title == "Intro") | .mixes[0]' b.json)" \
    "2004 - Second/mixes/Intro mix 2.wav"
check "b: year of the folder" grep -q 'year: 2004' b.yaml
check "b: discs" grep -q 'disc: 2' b.yaml
check "b: tags are text" grep -q 'title: "1999"' b.yaml
check "b: artist" grep -q '^artist: "NO"' b.yaml
check "b: ISRC" grep -q 'isrc: AUXX10400001' b.yaml
is b "the job reads it back" \
    "$("$HINDSIGHT" check --json b.yaml | jq -r '.tracks[] | select(.title == "1999") | .release')" "Best: of #1"

# 3. Names that cannot decide: final against a number; sounds that can.
song() { python3 "$here/make_song.py" "$@"; }
master() { ffmpeg -v error -y -i "$1" -af "volume=${3:-7}dB,alimiter=level=0,treble=g=2,atrim=${4:-0.35}" "$2" </dev/null; }
mkdir -p c/masters c/mixes
song 1 26 c/mixes/song_final.wav
song 2 26 c/mixes/song_v3.wav
song 3 31 "c/mixes/session 12 bounce.wav"
song 4 22 c/mixes/nobody.wav
song 5 24 c/masters/Unheard.wav
master c/mixes/song_v3.wav c/masters/Song.flac
master "c/mixes/session 12 bounce.wav" c/masters/Zebra.flac
init 0 c c
is c "the ear decides between candidates" "$(mix c Song)" mixes/song_v3.wav
is c "the ear finds what no name tells" "$(mix c Zebra)" "mixes/session 12 bounce.wav"
is c "the ear does not make things up" "$(mix c Unheard)" ""
check "c: says why" grep -q 'pairing .*no name in common; the audio fits' c.yaml

# 4. No word about parts at all: the louder, denser one is the master.
mkdir -p d/x d/y
song 6 20 d/x/Tune.wav
master d/x/Tune.wav d/y/Tune.wav 9 0
tone d/x/Alone.wav 3 440
init 0 d d
is d "by loudness" "$(jq -r '.tracks[] | select(.title == "Tune") | .master' d.json)" y/Tune.wav
is d "its mix" "$(mix d Tune)" x/Tune.wav
is d "alone: a master" "$(mix d Alone)" ""

# 5. What stays undecided is listed, and the exit code says so.
tone e/masters/Song.wav 3 440
tone e/mixes/song_final.wav 3 440
tone e/mixes/song_v2.wav 3 440
init 3 e e
is e "both are candidates" "$(jq '.tracks[0].mixes | length' e.json)" 2
check "e: listed" grep -q '# AMBIGUOUS' e.yaml
check "e: said" grep -q 'ambiguous: ' e.err
check "e: check agrees" grep -q '2 candidates for the mix' e.plan

# 6. An edited job file: what stands stays, what is new comes in at its place.
cat >f.yaml <<'F'
# by hand
hindsight: 1
artist: Mine   # do not touch
audio: f
releases:
  - title: First Album
    tracks:
      - title: My Title     # edited
        master: First Album/masters/01 Song.wav
        heard: [kick_low]
      # never: First Album/masters/03 Skip.wav
# the end
F
cp f.yaml f.before
tone "f/First Album/masters/01 Song.wav" 3 440
tone "f/First Album/masters/02 New.wav" 4 440
tone "f/First Album/masters/03 Skip.wav" 5 440
tone "f/First Album/mixes/song mix.wav" 3 440
tone "f/Second Album/masters/01 Other.wav" 4 440
init 0 f f
check "f: every line is still there" [ "$(diff f.before f.yaml | grep -c '^<')" = 0 ]
check "f: the mix is added" [ "$("$HINDSIGHT" check --json f.yaml | jq -r '.tracks[0].mixes | length')" = 1 ]
is f "tracks" "$("$HINDSIGHT" check --json f.yaml | jq -r '[.tracks[].title] | join(",")')" "My Title,New,Other"
cp f.yaml f.again
init 0 f f
check "f: a second run changes nothing" cmp f.again f.yaml
echo 'releases: [' >g.yaml
cp g.yaml g.before
"$HINDSIGHT" init -o g.yaml f >g.out 2>&1
check "a broken job file is an error of usage" [ $? = 2 ]
check "a broken job file is not touched" cmp g.yaml g.before

# 7. Hostile names, damaged files, nothing there.
mkdir -p h/masters
tone "h/masters/$(printf 'new\nline: [x] #1').wav" 3 440
tone "h/masters/$(printf '\033[31mred').wav" 4 440
tone "h/masters/$(printf 'caf\xe9').wav" 5 440
head -c 3000 /dev/urandom >h/masters/noise.flac
: >h/masters/empty.wav
init 3 h h
check "h: three masters that are found again" grep -q '3 tracks' h.plan
check "h: none is missing" [ "$(grep -c '(missing)' h.plan)" = 0 ]
check "h: no escape sequences" [ "$(cat h.yaml h.err h.plan | grep -c $'\033')" = 0 ]
is h "unreadable" "$(left_out h masters/empty.wav)" "cannot be read"
# damaged music is called damaged, with what to do; what never was music is not
mkdir -p i/masters
ffmpeg -v error -y -f lavfi -i "sine=440:r=44100:d=3" -c:a libvorbis i/masters/cut.ogg </dev/null
head -c 3000 i/masters/cut.ogg >i/x && mv i/x i/masters/cut.ogg
ffmpeg -v error -y -f lavfi -i "sine=440:r=44100:d=3" -f lavfi -i "testsrc=s=600x600:d=1" -frames:v 1 -map 0 -map 1 \
    -disposition:v attached_pic i/masters/cover.flac </dev/null
head -c 5000 i/masters/cover.flac >i/x && mv i/x i/masters/cover.flac
echo "minutes of a meeting" >i/masters/words.ogg
tone i/masters/Whole.wav 3 440
init 3 i i
check "i: a damaged Ogg" grep -q "cut.ogg: damaged: it begins as an Ogg file.*look for a whole copy" i.err
check "i: a FLAC that ends in its cover" grep -q "cover.flac: damaged: it begins as a FLAC file" i.err
check "i: text" grep -q "words.ogg: not audio of a kind that is read" i.err
check "i: why the exit code is 3" grep -q "^exit code 3: 3 cannot be read and stand in no track" i.err
check "e: why the exit code is 3" grep -q "^exit code 3: 1 AMBIGUOUS" e.err
check "a: no such word where all is settled" [ "$(grep -c "exit code" a.err)" = 0 ]
"$HINDSIGHT" init nowhere >out 2>&1
check "no such folder is an error of usage" [ $? = 2 ]
mkdir empty
"$HINDSIGHT" init empty >out 2>&1
check "an empty folder is an error" [ $? = 1 ]
"$HINDSIGHT" init a >stdout.yaml 2>/dev/null
check "without -o the job goes to standard output" grep -q 'title: Other Song' stdout.yaml
"$HINDSIGHT" init a/masters a/mixes 2>/dev/null | grep -v '^#' >two.yaml
check "folders of one archive" grep -q 'master: masters/01 Song.flac' two.yaml

# a path that is longer than the system takes is listed with its reason
mkdir -p deep/a; cp a/masters/01\ Song.flac deep/a/
python3 - <<'P'
import os
os.chdir("deep/a")
audio = open("01 Song.flac", "rb").read()
for i in range(25):
    os.mkdir(f"d{i:02}" + "x" * 200); os.chdir(f"d{i:02}" + "x" * 200)
open("02 Deep.flac", "wb").write(audio)
P
"$HINDSIGHT" init deep/a >deep.yaml 2>log
check "a long path" [ "$?/$(grep -c 'master: 01 Song.flac' deep.yaml)" = 3/1 ]
check "is listed" grep -q "^#   cannot be read: d00x*/d01x" deep.yaml
check "and told" grep -q "name too long" log

echo "$passed passed, $failed failed"
[ $failed = 0 ]
