#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `hindsight check`: the plan, what is missing, what is ambiguous, and the exit codes.
set -u
passed=0 failed=0
check() { if "${@:2}"; then passed=$((passed + 1)); else
    echo "failed: $1" >&2; failed=$((failed + 1)); fi; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir -p audio/refs
touch audio/{m1,m2,m3,x1,x2,x3,vox}.wav audio/refs/{a,b}.flac
head='hindsight: 1
artist: The Example Band
audio: audio
targets: {references: [refs/*.flac]}
releases:
- title: First Album
  year: 2004
  tracks:'
run() { # CODE NAME, job on standard input
    cat >"$2.yaml"
    "$HINDSIGHT" check "$2.yaml" >"$2.out" 2>"$2.err"
    local got=$?
    check "$2 exits $got, expected $1: $(cat "$2.err")" [ $got = "$1" ]
    "$HINDSIGHT" check --json "$2.yaml" >"$2.json" 2>/dev/null
}
query() { jq -r "$2" "$1.json"; }

run 0 good <<E1
$head
  - {title: Song, master: m1.wav, mix: x1.wav, stems: {vocal: vox.wav}}
  - {title: No Mix, master: m2.wav}
E1
check "the plan names the tracks" grep -q 'Song  \[first-album-song\]' good.out
check "the plan says who has no mix" grep -q 'No Mix.*no mix' good.out
check "the plan counts" grep -q '1 release, 2 tracks, 1 with a mix, 2 references' good.out
check "json: tracks" [ "$(query good '.tracks | length')" = 2 ]
check "json: path" [ "$(query good '.tracks[0].mixes[0].path')" = "$work/audio/x1.wav" ]
check "json: stem" [ "$(query good '.tracks[0].stems[0].role')" = vocal ]
check "json: nothing wrong" [ "$(query good '.missing + .ambiguous | length')" = 0 ]
check "quiet says nothing where nothing is wrong" [ -z "$("$HINDSIGHT" check -q good.yaml)" ]

run 0 intended <<E1b
$head
  - {title: Song, master: m1.wav, intended: [dark, lo-fi]}
  - {title: Other, master: m2.wav, intended: [dry, quiet]}
E1b
check "words of intended that stand for no rule are named" \
    grep -q '1 note of `intended` stands for no rule, the first is "lo-fi" of first-album-song' \
    intended.err
check "only check names them" \
    [ -z "$("$HINDSIGHT" split -n 1 -o shards intended.yaml 2>&1 | grep lo-fi)" ]
check "quiet does not name them every night" \
    [ -z "$("$HINDSIGHT" check -q intended.yaml 2>&1)" ]

run 3 missing <<E2
$head
  - {title: Song, master: m1.wav, mix: gone.wav}
  - {title: Two, master: {left: m2.wav, right: gone.R.wav}}
E2
check "missing files are named with their place" \
    grep -q 'missing.yaml:9:40: mix gone.wav' missing.out
check "half of a pair of channels is missing" [ "$(query missing '.missing | length')" = 2 ]
check "json: exists" [ "$(query missing '.tracks[0].mixes[0].exists')" = false ]
check "quiet still tells what is missing" grep -q gone <("$HINDSIGHT" check -q missing.yaml)

run 3 candidates <<E3
$head
  - {title: Song, master: m1.wav, mix: [x1.wav, x2.wav]}
E3
check "several candidates are ambiguous" \
    [ "$(query candidates '.ambiguous[0].why')" = "2 candidates for the mix" ]

run 3 twice <<E4
$head
  - {title: Song, master: m1.wav, mix: x1.wav}
  - {title: Other, master: m1.wav, mix: x2.wav}
  - {title: Third, master: m2.wav, mix: m1.wav}
E4
check "a file that plays two parts is ambiguous" [ "$(query twice '.ambiguous | length')" = 2 ]

run 0 unreleased <<E8
$head
  - {title: Song, master: m1.wav, mix: x1.wav}
  - {title: Never Out, mix: x2.wav}
E8
check "a mix without a master is a track" grep -q 'Never Out  \[first-album-never-out\]  unreleased' unreleased.out
check "json: it has no master" [ "$(query unreleased '.tracks[1].master')" = null ]
run 2 nothing <<E9
$head
  - {title: Song}
E9
check "neither is an error" grep -q 'found a track without master, expected master: .*; or mix: alone' nothing.err

run 0 shared <<E5
$head
  - {title: Song, master: m1.wav, mix: x1.wav}
  - {title: Song (single), master: m2.wav, mix: x1.wav}
E5

run 2 bad <<E6
$head
  - {title: Song, master: m1.wav, mxi: x1.wav}
E6
check "a bad job file: file, line, column" grep -q 'bad.yaml:9:35: found the unknown key "mxi"' bad.err
check "a bad job file: nothing on standard output" [ ! -s bad.out ]
"$HINDSIGHT" check nowhere.yaml 2>/dev/null
check "no job file" [ $? = 2 ]

printf '%s\n  - {title: "a\\e[31mb\\nc", master: "no\\e]0;x\\a.wav"}\n' "$head" >esc.yaml
"$HINDSIGHT" check esc.yaml >esc.out
check "no escape sequences reach the terminal" [ "$(grep -c $'\033' esc.out)" = 0 ]
echo "$passed passed, $failed failed"
[ $failed = 0 ]
