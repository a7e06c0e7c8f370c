#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# Measures as tables, and one overview over many reports: `measure --csv` against --json, and
# `digest` against what really changed.
. ./lib.sh
cd "$T"
tone "one, \"two\".flac" 12 1
tone b.flac 12 2 "volume=-6dB"
$HINDSIGHT measure --csv "one, \"two\".flac" b.flac >m.csv; check "--csv" same $? 0
$HINDSIGHT measure --json "one, \"two\".flac" b.flac >m.json
python3 - >told <<'PY'
import csv, json
rows = list(csv.DictReader(open("m.csv", newline="")))
files = json.load(open("m.json"))
assert len(rows) == 2 and len({len(r) for r in rows}) == 1
def flat(d, at=""):
    for k, v in d.items():
        if isinstance(v, dict): yield from flat(v, at + k + ".")
        elif isinstance(v, (int, float)) and not isinstance(v, bool): yield at + k, v
n = 0
for row, file in zip(rows, files):
    assert file["path"] in row.values(), row
    for key, x in flat(file["measures"]):
        if key in row:
            assert abs(float(row[key]) - x) <= 0.006 + 1e-3 * abs(x), (key, row[key], x)
            n += 1
print("numbers", "many" if n > 60 else n)
PY
$HINDSIGHT measure --json --csv b.flac >both.txt 2>both.err; check "--json and --csv are two answers" same $? 2
check "and it says so" grep -q "found both --json and --csv" both.err
check "what --csv says is what --json says" has told "numbers many"
$HINDSIGHT measure b.flac >short; $HINDSIGHT measure --all b.flac >long
check "twelve measures by default" test "$(grep -c '^  ' short)" -le 13
check "all with --all" test "$(grep -c '^  ' long)" -gt 40
$HINDSIGHT measure --json --survival all b.flac | jq -e '.[0].survival | keys == ["car_100",
    "car_50", "club", "codecs", "fm", "laptop", "phone", "platforms", "small_speaker", "vinyl"]' >/dev/null
check "where it holds up, when asked" same $? 0
ffmpeg -nostdin -v error -y -f lavfi -i anullsrc=r=44100 -t 11 silent.wav
ffmpeg -nostdin -v error -y -i b.flac -ar 8000 low.wav
ffmpeg -nostdin -v error -y -i b.flac -t 8 short.wav
$HINDSIGHT measure --json --survival all silent.wav low.wav short.wav >odd.json
rows='[.survival | (.platforms[], .codecs[]), to_entries[].value | objects]'
check "silence: each row has its reason" same "$(jq -c ".[0] | $rows | length > 15 and all(has(\"why\"))" odd.json)" true
check "8 kHz: no codec, radio or car" same "$(jq -c '.[1].survival | [.codecs[], .fm, .car_50, .car_100 | .why] | unique' odd.json)" \
    '["nothing above 12.5 kHz is stored","nothing up to 15 kHz is stored"]'
check "8 s: too short" same "$(jq -c '.[2].survival | [.codecs[], .fm, .car_50, .car_100, .phone, .laptop, .small_speaker | .why] | unique' odd.json)" \
    '["shorter than 10 s"]'
for row in platforms platforms.gain_db codecs codecs_whole fm car_50 car_100 phone laptop small_speaker club vinyl.crest_db; do
    $HINDSIGHT explain $row
done >explained
check "each destination is explained" same "$(grep -c '^[a-z_0-9]*: .*(survival, ' explained)" 12
check "and its keys" same "$($HINDSIGHT explain --json phone | jq -r .judged_by)" phone_bass_lost
$HINDSIGHT measure --json b.flac | jq -e '.[0] | has("survival") | not' >/dev/null
check "and not unasked" same $? 0

job() { # NAME MASTER
    printf 'hindsight: 1\nartist: %s\nsurvival: [platforms, car]\nreleases:\n' "$1" >"$1.yaml"
    printf '  - title: R\n    tracks:\n      - {title: S, master: %s}\n' "$2" >>"$1.yaml"
}
run() { $HINDSIGHT audit -q --no-clips "$1.yaml" -o "$1"; }
cp b.flac a.flac
job moved a.flac; job still b.flac
run moved; check "an audit" same $? 0
run still
check "survival stands in the audit" same \
    "$(jq -c '.tracks[0].survival | keys' moved/audit.json)" '["car_100","car_50","platforms"]'
check "and has its page" test -s moved/survival.html
$HINDSIGHT digest moved still >first.txt; check "an overview" same $? 0
check "says a first night" same "$(grep -c ' first ' first.txt)" 2
check "a job is called by its artist" same "$(cut -d' ' -f1 first.txt | xargs)" "job moved still"
grep -v '^artist' still.yaml >job.yaml; $HINDSIGHT audit -q --no-clips job.yaml -o nameless
check "by its folder where it has no name" same "$($HINDSIGHT digest --json nameless/ | jq -r '.[0].called')" nameless
tone a.flac 12 2 "volume=24dB,asoftclip=type=hard"
run moved; run still
$HINDSIGHT digest --json moved still >d.json; check "the next night" same $? 0
check "counts what is new" same "$(jq '.[0].new' d.json)" \
    "$(jq '[.music, .hindsight, .yardstick | .[]? | select(.change == "new")] | length' moved/digest.json)"
check "which is something" test "$(jq '.[0].new' d.json)" -gt 0
check "and nothing where nothing changed" same "$(jq -c '.[1] | [.new, .worse, .resolved, .unfinished]' d.json)" "[0,0,0,0]"
check "each new one has its sign" same "$(grep -c '^  + ' moved/digest.txt)" \
    "$(jq '.[0].new + .[0].listed' d.json)"
# another destination is another question: nothing but its own analysers run, the rest stands
cp moved/audit.json before.json
$HINDSIGHT audit -q --no-clips moved.yaml -o moved --survival club,vinyl
jq 'del(.tracks[].survival)' before.json >x; jq 'del(.tracks[].survival)' moved/audit.json >y
check "asking for more changes nothing else" cmp x y
check "no rule of what is not asked" same "$(grep -c 'phone_bass_lost\|fm_drive\|codec_overs' moved/audit.json)" 0
$HINDSIGHT audit -q --no-clips moved.yaml -o moved --survival phone
check "a destination brings its rule" same "$(jq -c '[.recurring[].rule | select(test("phone|fm_|codec"))]' \
    moved/audit.json)" '["phone_bass_lost"]'
check "and answers it" same "$(jq '.tracks[0].survival.phone.loss_lu < 0' moved/audit.json)" true
run moved
check "the same bytes again without" cmp before.json moved/audit.json
finish
