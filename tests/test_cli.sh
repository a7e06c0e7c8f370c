#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The command line: help, manual and completions agree with each other and with what is
# accepted; slips are named with their exit code.
set -u
passed=0 failed=0
ok() { passed=$((passed + 1)); }
no() { echo "failed: $*" >&2; failed=$((failed + 1)); }
check() { if "${@:2}"; then ok; else no "$1"; fi; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# expect CODE PATTERN COMMAND...: exit code, and an extended regexp in what was said.
expect() {
    local code=$1 pattern=$2 said
    shift 2
    said=$("$@" 2>&1 </dev/null)
    local got=$?
    if [ $got = "$code" ] && grep -Eq -- "$pattern" <<<"$said"; then ok; else
        no "$* gave $got, expected $code and /$pattern/: $said"
    fi
}
H=$HINDSIGHT
expect 0 'Usage: hindsight COMMAND' "$H" --help
expect 0 'Usage: hindsight COMMAND' "$H" help
expect 0 'Usage: hindsight audit .*JOB' "$H" audit --help
expect 0 'Usage: hindsight audit .*JOB' "$H" help audit
expect 0 '^hindsight [0-9]+\.[0-9]+' "$H" --version
expect 2 'found no command' "$H"
expect 2 'unknown command "audti", did you mean audit' "$H" audti x
expect 2 'unknown command "qqqqqq" \(see' "$H" qqqqqq
expect 2 'unknown option --fial-on, did you mean --fail-on' "$H" audit --fial-on minor x
expect 2 'unknown option --jsno, did you mean --json' "$H" check --jsno x
expect 2 'unknown option -x' "$H" check -x
expect 2 'check has no option --no-clips' "$H" check --no-clips x
expect 2 'clips: found no argument, expected all' "$H" audit --clips x
expect 2 'found "some" for --clips, expected all' "$H" audit --clips=some x
expect 2 'work has no option --clips with an argument' "$H" work x 0 --clips all
expect 2 'cannot open' "$H" audit not-there.yaml --clips all
expect 2 'no argument, expected N' "$H" check --jobs
expect 2 'found "0" for --jobs' "$H" check -j 0 x
expect 2 'found "two" for --jobs' "$H" check --jobs=two x
expect 2 'found "fatal" for --fail-on, expected note, minor, moderate or severe' \
    "$H" audit --fail-on fatal x
expect 2 'found "-1" for --wait-lock' "$H" audit --wait-lock=-1 x
expect 2 'found "blue" for --color, expected auto, always or never' "$H" check --color blue x
expect 2 'json takes no argument' "$H" check --json=1 x
expect 2 'found no operand, expected JOB' "$H" check
expect 2 'one operand too many \("b"\)' "$H" check a b
expect 2 'expected man, bash, zsh, fish, keys or words' "$H" generate tcsh
expect 2 'cannot open' "$H" check -- -dash.yaml
check "usage errors stay off standard output" [ -z "$("$H" audti 2>/dev/null)" ]
check "help does not go to standard error" [ -z "$("$H" --help 2>&1 >/dev/null)" ]
said=$("$H" --color always audti 2>&1)
check "the nearest command is coloured when asked" grep -q $'\033' <<<"$said"
check "no colour into a pipe" [ "$("$H" audti 2>&1 | grep -c $'\033')" = 0 ]

# What help says is what the others say.
"$H" generate man >"$work/hindsight.1"
for shell in bash zsh fish; do "$H" generate $shell >"$work/$shell"; done
commands=$("$H" --help | sed -n '/^Commands:/,/^Options/s/^  \([a-z]*\) .*/\1/p')
check "help lists commands" [ "$(wc -w <<<"$commands")" -ge 3 ]
all=$(for c in $commands; do "$H" "$c" --help; done |
    grep -oE '^  (-.,|   ) --[a-z-]+' | grep -oE -- '--[a-z-]+' | sort -u)
check "help lists options" [ "$(wc -w <<<"$all")" -ge 12 ]
in_man=$(sed -nE 's/^\.It .*Fl \\-([a-z\\-]+).*/--\1/p' "$work/hindsight.1" | tr -d '\\' | sort -u)
in_bash=$(grep -E "options='" "$work/bash" | grep -oE -- '--[a-z-]+' | sort -u)
in_zsh=$(grep -oE -- "^        (--[a-z-]+|'\(-. --[a-z-]+)" "$work/zsh" | grep -oE -- '--[a-z-]+' | sort -u)
in_fish=$(grep -oE -- ' -l [a-z-]+' "$work/fish" | sed 's/ -l /--/' | sort -u)
check "manual and help name the same options" [ "$in_man" = "$all" ]
check "bash and help name the same options" [ "$in_bash" = "$all" ]
check "zsh and help name the same options" [ "$in_zsh" = "$all" ]
check "fish and help name the same options" [ "$in_fish" = "$all" ]
for c in $commands; do
    check "manual knows $c" grep -q "^\.It Cm $c " "$work/hindsight.1"
    check "bash knows $c" grep -q "^    $c)" "$work/bash"
    check "zsh knows $c" grep -q "^    $c) options" "$work/zsh"
    check "fish knows $c" grep -q -- "-a $c -d" "$work/fish"
done
for key in hindsight artist references catalogue_number isrc heard in_mix max_missing; do
    check "manual knows the job key $key" grep -q "^\.It Cm $key" "$work/hindsight.1"
done
check "docs/job-file.md ends in the table of keys" cmp <("$H" generate keys) \
    <(sed '1,/hindsight generate keys/d' "$SOURCE/docs/job-file.md")
check "docs/heard.md ends in the tables of words" cmp <("$H" generate words) \
    <(sed '1,/hindsight generate words/d' "$SOURCE/docs/heard.md")
lint=$(mandoc -Tlint -Wwarning "$work/hindsight.1" 2>&1)
check "the manual is clean mdoc: $lint" [ -z "$lint" ]
check "the manual reads" grep -q 'EXIT STATUS' <(mandoc -Tascii "$work/hindsight.1" | sed 's/.\x08//g')
check "zsh takes its completion" zsh -n "$work/zsh"
check "fish takes its completion" fish -n "$work/fish"

# bash: what it really offers.
offers() {
    bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hindsight
        printf "%s\n" "${COMPREPLY[@]}"' "$work/bash" "$@" 2>/dev/null
}
check "bash offers commands" [ "$(offers hindsight au)" = audit ]
check "bash offers an audit's options" grep -qx -- --fail-on <(offers hindsight audit --f)
check "bash offers no audit option to check" [ -z "$(offers hindsight check --fail)" ]
check "bash offers severities" [ "$(offers hindsight audit --fail-on mo)" = moderate ]
check "bash offers files" grep -q zsh <(cd "$work" && offers hindsight audit z)
fished=$(fish --no-config -c "source $work/fish; complete -C 'hindsight audit --fail-on s'" 2>&1)
check "fish offers severities: $fished" grep -q '^severe' <<<"$fished"

check "bash offers rules" [ "$(offers hindsight explain clip)" = clipped ]

# explain: every rule, a measure, plain words.
"$H" explain --json >"$work/rules.json"
rules=$(jq -r '.[].rule' "$work/rules.json")
check "explain lists rules" [ "$(wc -w <<<"$rules")" -ge 10 ]
for r in $rules; do "$H" explain "$r"; done >"$work/explained"
for part in '^[a-z_]*: ' '^  measured   ' '^  step  ' '^  limit  ' '^  source  '; do
    check "every rule has $part" [ "$(grep -c "$part" "$work/explained")" = "$(wc -w <<<"$rules")" ]
done
check "no line of explain is long" [ "$(awk 'length > 90' "$work/explained" | wc -l)" = 0 ]
expect 0 '^clipped: ' "$H" explain clipped
expect 0 '^integrated_lufs: .*LUFS' "$H" explain integrated_lufs
expect 0 '^bright: ' "$H" explain 'far too bright'
for v in recurs leans 'on one release' not_shown too_few; do "$H" explain "$v"; done >"$work/verdicts"
check "every verdict is explained" [ "$(grep -c '^  means  ' "$work/verdicts")" = 5 ]
check "explain has verdicts as JSON" [ "$("$H" explain --json leans | jq -r .verdict)" = leans ]
expect 2 'unknown rule "cliped", did you mean clipped' "$H" explain cliped
expect 2 'unknown rule "qqqqq" \(hind' "$H" explain qqqqq
check "limits of clipped rise with severity" jq -e \
    '.[] | select(.rule == "clipped") | .limits | .note < .minor and .minor < .severe' \
    "$work/rules.json" >"$work/log"

# cmake --install puts them where shells and man look.
DESTDIR=$work/root cmake --install "$BUILD" --prefix /usr >"$work/log" 2>&1 || cat "$work/log"
for f in bin/hindsight share/man/man1/hindsight.1 share/zsh/site-functions/_hindsight \
    share/bash-completion/completions/hindsight share/fish/vendor_completions.d/hindsight.fish; do
    check "installed: $f" [ -s "$work/root/usr/$f" ]
done
check "the installed manual is this program's" cmp "$work/hindsight.1" \
    "$work/root/usr/share/man/man1/hindsight.1"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
