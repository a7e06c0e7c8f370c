#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# `hindsight verify` end to end: the plan of a track carried out by FFmpeg filters well,
# by half, not at all, too much, and with something else done on the side.
. ./lib.sh
cd "$T"
job() { # NAME UPDATE
    printf 'hindsight: 1\nartist: Verified\nreleases:\n  - title: R\n    year: 2001\n    tracks:\n' >$1
    printf '      - {title: T1, master: m1.flac%s}\n' "${2:+, update: $2}" >>$1
}
tone m1.flac 24 1 "volume=-8dB"
job job.yaml ""
$HINDSIGHT audit --no-clips -q job.yaml -o out; check "audit" same $? 0

# the plan as the report has it: the tone corrections of lead findings, as filters
filters() { # SHARE of each move
    jq -r --argjson share "$1" '.tracks[0].findings[]
        | select(.part_of == null and .correction != null and .severity != "note"
                 and .tier != "indication")
        | .correction | select(.move == "high shelf" or .move == "low shelf" or .move == "bell")
        | {"high shelf": "highshelf", "low shelf": "lowshelf", "bell": "equalizer"}[.move]
          + "=f=\(.hz):t=q:w=\(.q):g=\(.db * $share)"' out/audit.json | paste -sd,
}
check "something is planned" test -n "$(filters 1)"
make() { ffmpeg -nostdin -v error -y -i m1.flac -af "$2,volume=-2dB" -c:a pcm_s24le $1; }
verify() { # NAME: the update NAME.wav; the outcome of each planned tone correction
    job $1.yaml $1.wav
    $HINDSIGHT verify $1.yaml -o out -q --json >$1.json
    echo $? >$1.code
}
outcomes() { jq -r '[.tracks[0].corrections[]
    | select(.move == "high shelf" or .move == "low shelf" or .move == "bell") | .outcome]
    | unique | join(" ")' $1.json; }

make good.wav "$(filters 1)"; verify good
check "carried out" same "$(outcomes good)" done
check "nothing strayed" same "$(jq -c '.tracks[0].strayed' good.json)" "[]"
check "the level is a remark" same "$(jq -r '.tracks[0].remarks[].what' good.json)" level
check "aligned" same "$(jq -r '.tracks[0].pair.status' good.json)" aligned
check "the page has before, after and what was planned" test -s out/verify/r-t1-bright-c.webm
check "and is not of the published report" test ! -L out/verify.html
check "it replaces the master" same "$(jq -r '.tracks[0].replaces' good.json)" master
make half.wav "$(filters .3)"; verify half
check "by a third" same "$(outcomes half)" partly
make none.wav anull; verify none
check "not at all" same "$(outcomes none)" not_done
check "that is exit code 4" same "$(cat none.code)" 4
make much.wav "$(filters 2.2)"; verify much
check "too much" same "$(outcomes much)" overshot
make side.wav "$(filters 1),equalizer=f=2500:t=q:w=2:g=6"; verify side
check "done, and something else too" same "$(outcomes side)" done
check "the tone strayed" same "$(jq -r '[.tracks[0].strayed[].what] | unique | index("tone") != null' side.json)" true
check "that is exit code 4 too" same "$(cat side.code)" 4
if [ "$(jq '[.tracks[0].corrections[].outcome] | all(. == "done")' good.json)" = true ]; then
    check "all done is exit code 0" same "$(cat good.code)" 0
else # corrections that no equaliser makes are still open
    check "open corrections are exit code 4" same "$(cat good.code)" 4
fi

# the published plan is what counts, with what a person changed in it
plan=$(ls out/plans/*.yaml)
cp -L "$plan" plan.yaml
check "the plan is named" same "$(jq -r '.tracks[0].plan' good.json)" "$plan"
edit() { rm "$plan"; cat >"$plan"; }
sed '/^  - rule: bright/,/^    listen:/d' plan.yaml | edit; verify good
check "what was taken out is not asked for" same "$(jq -r '[.tracks[0].corrections[].rule] | index("bright")' good.json)" null
check "and strays when it is done all the same" same "$(jq -r '[.tracks[0].strayed[].what] | unique | join(" ")' good.json)" tone
sed 's/^    db: .*/    db: loud/' plan.yaml | edit
$HINDSIGHT verify good.yaml -o out -q 2>log; check "a plan that cannot be read is exit code 2" same $? 2
check "with its line" has log "$plan:$(grep -n '^    db:' plan.yaml | head -1 | cut -d: -f1):9: found \"loud\" for db, expected a number"
sed 's/xxh3: "......../xxh3: "00000000/' plan.yaml | edit; verify good
check "a plan for another master is not used" same "$(jq -r '.tracks[0].plan' good.json)" null
edit <plan.yaml; verify good

# the plan that was published first stays, with what a person changed in it
sed 's/^    words: .*/    words: "As I do it."/' plan.yaml | edit
cp -L "$plan" mine.yaml
job job.yaml good.wav
$HINDSIGHT audit --no-clips -q job.yaml -o out
check "the first plan stays as it is" cmp -s mine.yaml "$plan"
check "and the short list has its corrections" same "$(jq -r '[.shortlist[0].plan[].rule] | join(" ")' out/audit.json)" \
    "$(sed -n 's/^  - rule: //p' mine.yaml | paste -sd' ')"
check "as that person wrote them" has out/shortlist.csv "As I do it."
job job.yaml ""

# once verified, the audit asks for no more than the upload
$HINDSIGHT audit --no-clips -q good.yaml -o after
if [ "$(cat good.code)" = 0 ]; then
    check "a verified master is to be uploaded" same "$(jq -r '.shortlist[0].action' after/audit.json)" re-upload
    check "with a delivery sheet" same "$(jq -r '.tracks[0].delivery | "\(.isrc_is) \(.replaces[0]) \(.channels)"' good.json)" "kept m1.flac 2"
    check "on the page of verify, too" has out/verify.html "Delivery sheet"
    check "with its table" has out/verify.html 'href="verify/delivery.csv"'
    check "a row a master" same "$(head -2 out/verify/delivery.csv | tail -1 | cut -d, -f4,8)" \
        "good.wav,$(jq '.tracks[0].delivery.channels' good.json)"
else
    check "an unfinished one is not" test "$(jq -r '.shortlist[0].action' after/audit.json)" != re-upload
fi

tone other.wav 24 5; verify other
check "another song is no update" test "$(cat other.code)" -ge 3
check "and nothing is to be uploaded" test ! -e out/verify/delivery.csv
check "and nothing can be told of it" same "$(jq -r '[.tracks[0].corrections[].outcome] | unique | join(" ")' other.json)" cannot_tell
job gone.yaml gone.wav
$HINDSIGHT verify gone.yaml -o out -q >text; check "a missing update is exit code 3" same $? 3
check "and said" has text "not compared"
$HINDSIGHT verify job.yaml -o out 2>log; check "nothing to verify is no failure" same $? 0
check "and said" has log "no track"
finish
