#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# From the page to the file, from the file to the report and to the job, and back.
. ./lib.sh
modules=$SOURCE/build/npm/node_modules
[ -d "$modules/playwright-core" ] || { echo "the npm packages are missing: run scripts/setup" >&2; exit 1; }
cd "$T"
cat >job.yaml <<'YAML'
hindsight: 1 # the format
artist: Answered
releases:
  - title: R
    year: 2001
    tracks:
      - {title: T1, master: m1.flac} # the first
      - title: T2
        master: m2.flac
        # nothing else is known
YAML
cp job.yaml before.yaml
tone m1.flac 20 1 "treble=g=16,bass=g=14,volume=-12dB"
tone m2.flac 20 2 "treble=g=16,bass=g=14,volume=-12dB"
$HINDSIGHT audit --no-clips -q job.yaml -o out; check "audit" same $? 0
findings() { jq -c "[.tracks[].findings[] | select($1) | .rule] | sort" out/audit.json; }
check "nothing is heard yet" same "$(findings .heard)" "[]"
check "the browser" node "$SOURCE/tests/browser/answer.js" "$modules" out answers.yaml
heard=$(sed -n 's/.*rule: \([a-z_]*\), answer: yes.*/\1/p' answers.yaml)
meant=$(sed -n 's/.*rule: \([a-z_]*\), answer: on_purpose.*/\1/p' answers.yaml)
check "two answers" test -n "$heard" -a -n "$meant"
check "the blind one says so" has answers.yaml "answer: yes, blind: true"

# beside the job: read, and never written into it
$HINDSIGHT audit --no-clips -q job.yaml -o out; check "audit with answers" same $? 0
check "the ear confirms" same "$(findings .heard)" "[\"$heard\"]"
check "what is meant does not count" same "$(findings .accepted)" "[\"$meant\"]"
check "a trial is counted" same "$(jq -c '.trust[0] | [.listener, .trials, .confirmed]' out/audit.json)" '["L. Ear",1,1]'
check "the page tells" has out/answers.html "L. Ear"
check "the job is untouched" cmp -s job.yaml before.yaml
before=$(readlink -f out/index.html)
$HINDSIGHT audit --no-clips -q job.yaml -o out
check "the same answers: the same report" same "$(readlink -f out/index.html)" "$before"

# into the job: the same report without the file
cp out/audit.json with.json
$HINDSIGHT answer --dry-run job.yaml answers.yaml >diff.txt 2>log; check "dry run" same $? 0
check "a dry run writes nothing" cmp -s job.yaml before.yaml
check "the difference is shown" has diff.txt "+      - {title: T1, master: m1.flac, heard: [$heard]"
$HINDSIGHT answer job.yaml answers.yaml >diff.txt 2>log; check "answer" same $? 0
check "comments stay" has job.yaml "# the first"
check "and those between" has job.yaml "        # nothing else is known"
rm answers.yaml
$HINDSIGHT audit --no-clips -q job.yaml -o out
check "the job says the same" same "$(findings .heard)$(findings .accepted)" "[\"$heard\"][\"$meant\"]"
check "and the verdicts are the same" cmp -s <(jq -S 'del(.trust)' with.json) <(jq -S 'del(.trust)' out/audit.json)

# what would change anything else is refused, and the file stays
printf -- '- {track: r-t1, rule: %s, answer: no}\n' "$heard" >contra.yaml
cp job.yaml kept.yaml
$HINDSIGHT answer job.yaml contra.yaml >/dev/null 2>log; check "a contradiction is exit code 2" same $? 2
check "and changes nothing" cmp -s job.yaml kept.yaml
finish
