#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 80
# Stand-ins for separators: exact, leaking, late, at another rate, failing, missing, hanging, writing junk.
. ./lib.sh
cd "$T"
part() { # NAME FROM EFFECTS: the same noise begun elsewhere is another one
    local name=$1 from=$2
    shift 2
    sox -D -R -n -r 44100 -c 1 -b 24 "$name.wav" synth 200 pinknoise trim "$from" 26 "$@" gain -n -14
}
part rest 0 band 500 400 tremolo 0.7 60
part vox 60 band 1100 900 tremolo 0.9 80
sox -D -m -v 1 rest.wav -v .25 vox.wav -b 24 "my song [live].wav" remix 1 1
sox -D "my song [live].wav" -b 24 master.wav gain -n -1 treble -1 5k
cat >separator <<'END'
#!/usr/bin/env bash
# separator KIND OUT IN
kind=$1 out=$2 in=$3 name=$(basename "$3" .wav)
echo "working on $name"
echo run >>"$HERE/runs"
mkdir -p "$out/model/$name"
vox="$out/model/$name/vocals.wav" rest="$out/model/$name/other.wav"
write() { sox -D "$HERE/vox.wav" -b 24 "$@" "$vox" $effects; sox -D "$HERE/rest.wav" -b 24 "$@" "$rest" $effects; }
effects=
case $kind in
exact) write ;;
leaking) sox -D -m -v 1 "$HERE/vox.wav" -v .1 "$HERE/rest.wav" -b 24 "$vox"
         sox -D -m -v 1 "$HERE/rest.wav" -v .1 "$HERE/vox.wav" -b 24 "$rest" ;;
late) effects="pad 0.1 0"; write ;;
rate) write -r 48000 ;;
child) write; sleep 300.$$ & echo $$ >>"$HERE/left" ;;
two) write; cp "$rest" "$out/model/$name/other again.wav" ;;
failing) echo "no model" >&2; exit 3 ;;
hanging) setsid sleep 300.$$ & setsid sh -c "setsid sleep 300.$$" & echo $$ >>"$HERE/hung"; sleep 300 ;;
junk) echo nothing >"$vox"; echo nothing >"$rest" ;;
empty) ;;
esac
END
chmod +x separator
export HERE=$PWD
job() { # KIND MORE
    cat >"$1.yaml" <<END
hindsight: 1
artist: A
separate: {command: [$HERE/separator, $1, "{out}", "{in}"], version: [echo, "$1 1.0"], limit: 3s, memory: 8G, jobs: 1$2,
  outputs: {vocal: "model/{name}/vocals.wav", other: "model/{name}/oth*.wav"}}
releases: [{title: R, tracks: [{title: T, recall: session, mix: "my song [live].wav", master: master.wav}]}]
END
    rm -f runs
    $HINDSIGHT audit --no-clips "$1.yaml" -o "out/$1" --store store >"$1.out" 2>"$1.log"
    echo $? >"$1.code"
}
level() { jq -r --arg side "$2" '[.tracks[0].instruments[] | select(.role == "vocal" and .in == $side)][0].level_lu' "out/$1/audit.json"; }
about() { awk -v a="$1" -v b="$2" -v d="$3" 'BEGIN { exit !(a - b <= d && b - a <= d && a != "") }'; }

job exact ""
check "exact: done" same "$(cat exact.code)" 0
check "once for each file" same "$(wc -l <runs)" 2
check "its output is in the log" has exact.log "separate: working on my song"
check "they are separated ones" same "$(jq -r '[.tracks[0].instruments[].source] | unique[]' out/exact/audit.json)" separated
check "of both files" same "$(jq -r '[.tracks[0].instruments[].in] | unique | join(" ")' out/exact/audit.json)" "master mix"
check "never measured, but inferred" same \
    "$(jq -r '[.tracks[0].findings[] | select(.rule == "vocal_low")][0].tier' out/exact/audit.json)" inferred
check "by what it was read" same \
    "$(jq -r '[.tracks[0].findings[] | select(.rule == "vocal_low")][0].evidence' out/exact/audit.json | cut -d: -f1)" "As the separator gives it"
check "what made them is said" same "$(jq -r '[.tracks[0].stems_fit[].separated_by] | unique[]' out/exact/audit.json)" "separator (exact 1.0)"
check "and on the page" grep -q "Separated by separator (exact 1.0)," out/exact/tracks/*.html
check "the bound is that of a separator" about "$(jq '.tracks[0].instruments[0].bound_lu' out/exact/audit.json)" 1.25 0.1
check "nothing is left behind" same "$(find out store "${TMPDIR:-/tmp}" -maxdepth 2 -name 'hindsight-separate-*' 2>/dev/null | wc -l)" 0
truth=$(level exact mix)
$HINDSIGHT audit -q --no-clips exact.yaml -o again --store store
check "what is stored is not separated again" same "$(wc -l <runs)" 2

# References are taken apart by the same command, and what it takes for the voice is held against them.
sox -D -m -v 1 rest.wav -v .6 vox.wav -b 24 ref1.wav remix 1 1
sox -D -m -v 1 rest.wav -v .7 vox.wav -b 24 ref2.wav remix 1 1
cp ref1.wav ref1_again.wav
rm -f runs
sed 's/^releases/targets: {references: [ref1.wav, ref2.wav, ref1_again.wav]}\nreleases/' exact.yaml >references.yaml
$HINDSIGHT audit -q --no-clips references.yaml -o out/references --store store
check "references are separated once, copies with their originals" same "$(wc -l <runs)" 2
low() { jq -r "[.tracks[0].findings[] | select(.rule == \"vocal_low\")][0].$2" "out/$1/audit.json"; }
check "and the voice is held against theirs" has <(low references target) "references separated alike (3 tracks)"
check "or else against published levels alone" same "$(low exact target)" "published levels of stems"
check "whose centre moves towards theirs" same "$(jq -n "$(low references centre) < $(low exact centre) - 0.3")" true

# Six songs whose voice lies some 4 dB under that of four references: a habit, taken apart alike on both sides.
for i in 1 2 3 4 5 6; do
    sox -D -m -v 1 rest.wav -v "$(awk "BEGIN { print .25 + .008 * $i }")" vox.wav -b 24 "song$i.wav" remix 1 1
    sox -D -m -v 1 rest.wav -v "$(awk "BEGIN { print .4 + .01 * $i }")" vox.wav -b 24 "other$i.wav" remix 1 1
done
{
    sed '/^releases/d' exact.yaml
    echo "targets: {references: [other1.wav, other2.wav, other3.wav, other4.wav]}"
    echo "releases:"
    for i in 1 4; do
        echo "  - {title: R$i, tracks: ["
        for k in "$i" $((i + 1)) $((i + 2)); do
            echo "      {title: T$k, recall: session, mix: song$k.wav, master: song$k.wav},"
        done
        echo "    ]}"
    done
} >habit.yaml
$HINDSIGHT audit -q --no-clips habit.yaml -o out/habit --store store
check "voices lower than those of the references are a habit" same \
    "$(jq -r '.habits.mixing[0].words[]' out/habit/audit.json | grep -cE "^Your voices sit 3[.][0-9] LU lower than your references' \(-[0-9.]+ to -[0-9.]+; 6 songs, 4 references\)[.]$")" 1
check "and the page says so" same "$(grep -c 'Your voices sit' out/habit/habits.html)" 1

for kind in leaking late rate two child; do
    job $kind ""
    check "$kind: done" same "$(cat $kind.code)" 0
done
check "late ones are moved back" about "$(level late mix)" "$truth" 0.1
check "and say so" about "$(jq '[.tracks[0].instruments[] | select(.in == "mix")][0].delay_s' out/late/audit.json)" -0.1 0.0001
check "those at another rate are converted" about "$(level rate mix)" "$truth" 0.1
check "of two files that fit the first by name is taken" about "$(level two mix)" "$truth" 0.1
check "and which one is said" has two.log "2 files are model/my song [live]/oth*.wav: other again.wav is taken"
check "what it left running is ended, and what it made is taken" about "$(level child mix)" "$truth" 0.1
check "none of it runs on" eval '[ -s left ] && ! pgrep -f "sleep 300[.]($(paste -sd"|" left))"'
change() { awk -v a="$(level "$1" mix)" -v b="$(level "$1" master)" 'BEGIN { print b - a }'; }
check "a leak shifts both sides alike: the change is told" about "$(change leaking)" "$(change exact)" 0.3

for kind in failing hanging junk empty; do
    job $kind ""
    check "$kind: unfinished, and the audit goes on" same "$(cat $kind.code)" 3
    check "$kind: a row with a reason" same "$(jq '.unfinished | length' out/$kind/audit.json)" 2
    check "$kind: nothing claimed" same "$(jq '.tracks[0].instruments | length' out/$kind/audit.json)" 0
done
check "junk: the output that cannot be read is named, and what is wrong" same \
    "$(jq -r '[.unfinished[].why] | unique | join("; ")' out/junk/audit.json | grep -c "separator's output model/my song \[live\]/vocals.wav cannot be used: not audio of a kind that is read")" 1
check "the reason of a failure" has failing.log "ended with 3"
check "what left the group of a hang has ended, too" eval '[ -s hung ] && ! pgrep -f "sleep 300[.]($(paste -sd"|" hung))"'
check "the reason of a hang" has hanging.log "ended after 3 seconds (limit)"
check "what was missing" has empty.log "made no"

sed "s#$HERE/separator#$HERE/not-there#" exact.yaml >missing.yaml
$HINDSIGHT audit -q --no-clips missing.yaml -o out/missing --store store 2>missing.log
check "a missing program" same "$?/$(jq '.unfinished | length' out/missing/audit.json)" 3/2
check "and that it is missing" has missing.log "not-there cannot be started: No such file or directory"
sed "s#\[[^,]*$HERE/separator[^,]*,#[sh, -c, no-such-program, #" exact.yaml >inner.yaml
$HINDSIGHT audit -q --no-clips inner.yaml -o out/inner --store store 2>inner.log
check "one that it calls is not the command" has inner.log "the command ended with 127"
sed 's#vocals.wav#voice.wav#' exact.yaml >misspelt.yaml
$HINDSIGHT audit -q --no-clips misspelt.yaml -o out/misspelt --store store 2>misspelt.log
check "an output of another name is a row with its reason" same \
    "$(jq -r '.tracks[0].instruments[] | select(.name == "vocal" and .in == "mix") | .why' out/misspelt/audit.json)" \
    "the separator made no such file"
sed 's#{in}#song.wav#' exact.yaml >blind.yaml
$HINDSIGHT check blind.yaml >/dev/null 2>blind.log
check "a command that is not told which file" same "$?/$(grep -c 'has no "{in}"' blind.log)" 2/1

job exact ", keep: kept"
sed -i 's/version: \[echo, "exact 1.0"\]/version: [echo, "exact 2.0"]/' exact.yaml
rm -f runs
$HINDSIGHT audit -q --no-clips exact.yaml -o out/exact --store store
check "another version separates anew" same "$(wc -l <runs)" 2
check "what it made is kept" same "$(find kept -name vocals.wav | wc -l)" 2
chmod g+w exact.yaml
rm -f runs
sed 's/exact 2.0/exact 3.0/' exact.yaml >foreign.yaml
chmod g+w foreign.yaml
$HINDSIGHT audit -q --no-clips foreign.yaml -o out/foreign --store store 2>foreign.log
check "no command of a job that others may write" same "$(ls runs 2>/dev/null | wc -l)" 0
check "and it says so" has foreign.log "the command is not run"
$HINDSIGHT check exact.yaml >/dev/null
check "check runs none" same "$(ls runs 2>/dev/null | wc -l)" 0
finish
