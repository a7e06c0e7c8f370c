#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 60
# audit.json against docs/audit.schema.json: of a made-up audit with every state, and of a
# real run over sounds made here; damaged documents must be refused.
set -u
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0
fits() { python3 "$SOURCE/tests/validate.py" "$SOURCE/docs/audit.schema.json" "$@"; }
fail() { echo "failed: $*" >&2; failed=1; }

"$BUILD/tests/test_report_pages" 4 8 "$work/made" || exit 1
fits "$work/made/audit.json" || fail "the made-up audit"

mkdir "$work/audio" && cd "$work" || exit 1
for i in 1 2 3; do
    sox -q -D -n -r 44100 -b 24 -c 2 "audio/mix$i.wav" synth 20 pinknoise synth 20 sine mix $((110 * i)) \
        gain -12 tremolo 0.3 60 || exit 1
    sox -q -D "audio/mix$i.wav" -b 16 "audio/master$i.flac" treble +9 gain -l 14 || exit 1
done
printf 'not audio' >audio/broken.wav
cat >job.yaml <<YAML
hindsight: 1
artist: "The <Validators>"
survival: [all]
releases:
  - title: First
    year: 2001
    tracks:
      - {title: One, master: audio/master1.flac, mix: audio/mix1.wav, heard: [bright, "odd & unknown"]}
      - {title: Two, master: audio/master2.flac, mix: [audio/mix2.wav, audio/mix3.wav]}
      - {title: Three, master: audio/master3.flac}
      - {title: Broken, master: audio/broken.wav}
YAML
"$HINDSIGHT" audit job.yaml -o report --no-clips -q
[ $? = 3 ] || fail "the audit with a broken file should end with 3"
fits report/audit.json || fail "the real audit"
jq -e '.tracks | length == 4' report/audit.json >/dev/null || fail "four tracks"
jq -e '.tracks[3].master | .status == "unreadable" and .measures == null and (.error | length > 0)' \
    report/audit.json >/dev/null || fail "a broken file is a row with its reason"
jq -e '.tracks[1].pair.candidates | length == 2' report/audit.json >/dev/null || fail "candidates"
jq -e '.tracks[0].survival.codecs | length == 5 and all(.encoder != null and .overs_per_min != null)' \
    report/audit.json >/dev/null || fail "five codecs, each with its encoder"
jq -e '[.tracks[0].heard[] | .note] | length == 2' report/audit.json >/dev/null || fail "the list of the ear"

damage() { jq "$1" made/audit.json >bad.json; fits bad.json 2>/dev/null && fail "let pass: $1"; }
damage '.format = "hindsight/2"'
damage 'del(.tracks[0].pair.status)'
damage '.tracks[0].master.measures.bands_db |= .[1:]'
damage '.tracks[0].findings[0].severity = "none"'
damage '.tracks[0].findings[0].value = "loud"'
damage '.shortlist[0].action = "remix"'
damage '.recurring[0].origins = {}'
damage 'del(.tracks[0].master.error)'
sed '1s/"format"/"artist": null, "format"/' made/audit.json >bad.json
fits bad.json 2>/dev/null && fail "let pass: a key twice"
exit $failed
