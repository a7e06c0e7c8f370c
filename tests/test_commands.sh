#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 60
# Every command line of README, manuals, documents and man page runs as it stands there, and every
# job file in them is read. Absolute paths stand for folders of the scratch folder.
. ./lib.sh
mkdir "$T/bin" "$T/jobs"
ln -s "$HINDSIGHT" "$T/bin/hindsight"
export PATH="$T/bin:$PATH"
docs=("$SOURCE/README.md" "$SOURCE/CONTRIBUTING.md" "$SOURCE/ARCHITECTURE.md" "$SOURCE"/docs/*.md "$SOURCE"/docs/manual/*.md)
"$HINDSIGHT" generate man >"$T/hindsight.1"

# What the documents speak of: an archive with masters and mixes, a job, a pair, a folder of a cluster.
music() { # FOLDER
    mkdir -p "$1/band/masters" "$1/band/mixes"
    for n in 1 2 3; do
        tone "$1/band/mixes/0$n Song $n mix.wav" 12 "$n" "volume=-14dB"
        ffmpeg -nostdin -v error -y -i "$1/band/mixes/0$n Song $n mix.wav" -af "treble=g=3,volume=4dB" "$1/band/masters/0$n Song $n.flac"
    done
}
music "$T/archive"
mkdir -p "$T/archive/label" "$T/srv/reports" "$T/srv/jobs" "$T/srv/state" "$T/shared" "$T/path" "$T/cwd/jobs"
cp -r "$T/archive/band" "$T/archive/label/The Example Band"
cd "$T/cwd"
cp "$T/archive/band/mixes/01 Song 1 mix.wav" mix.wav
cp "$T/archive/band/masters/01 Song 1.flac" master.flac
cp master.flac song.flac
mkdir stems
cp mix.wav stems/vox.wav
"$HINDSIGHT" -q init "$T/archive/band" >"$T/job.yaml"
check "a job to begin with" grep -q "^hindsight: 1" "$T/job.yaml"
printf -- '[]\n' >answers.yaml

# Exit codes 3 and 4 are answers: parts are missing, something is left to do. 1 and 2 are not.
run() { # WHERE COMMAND
    local code=0
    # every command finds the files that its page speaks of, whatever the one before it left
    for job in band.yaml catalogue.yaml "$T/srv/jobs/band.yaml" "$T/path/catalogue.yaml" jobs/the-example-band.yaml; do
        [ -e "$job" ] || cp "$T/job.yaml" "$job"
    done
    bash -c "set -o pipefail; $2" >"$T/out" 2>&1 || code=$?
    case $code in 0 | 3 | 4) return 0 ;; esac
    echo "  $1: exit code $code: $(tail -n 3 "$T/out")" >&2
    return 1
}
words() { # a command with what its capitals and absolute paths stand for
    sed -E -e "s#(^|[ =])/(archive|srv|shared|path)/#\1$T/\2/#g" -e 's/\bJOB\b/band.yaml/g; s/\bRULE\b/bright/g' \
        -e 's#OUT/job.yaml#band.yaml#; s#\bOUT\b#reports/band#g; s#\bRUN\b( 17\b)?#'$T'/shared/run#g; s#(work .*/run)$#\1 0#'
}
n=0
while IFS=$'\t' read -r file line command; do
    n=$((n + 1))
    case $command in
    *'['*) # a line of usage: every option that it names is one of that command
        $HINDSIGHT "$(cut -d' ' -f2 <<<"$command")" --help >"$T/help"
        for option in $(grep -oE -- '--?[a-z][a-z-]*' <<<"$command"); do
            check "$(basename "$file"):$line: $option" grep -qE -- "(^|[ ,])$option( |,|\$)" "$T/help"
        done
        continue
        ;;
    esac
    check "$(basename "$file"):$line: $command" run "$(basename "$file"):$line" "$(words <<<"$command")"
done < <(python3 "$SOURCE/tests/commands.py" "${docs[@]}" "$T/hindsight.1")
check "the documents have commands" test "$n" -ge 30

# What sentences, loops and other programs name is not run: the command is there, and has these options.
n=0
while IFS=$'\t' read -r file line words; do
    command=${words%% *}
    [ -e "$T/help.$command" ] || "$HINDSIGHT" "$command" --help >"$T/help.$command" 2>&1 || rm "$T/help.$command"
    check "$(basename "$file"):$line: hindsight $words" test -e "$T/help.$command"
    [ -e "$T/help.$command" ] || continue
    n=$((n + 1))
    for option in $(grep -oE -- '(^| )--?[a-z][a-z-]*' <<<"$words"); do
        check "$(basename "$file"):$line: $command $option" grep -qE -- "(^|[ ,])$option( |,|\$)" "$T/help.$command"
    done
done < <(python3 "$SOURCE/tests/commands.py" --mentions "${docs[@]}" "$SOURCE"/scripts/systemd/*)
check "the documents name commands" test "$n" -ge 15

# Job files: no key is unknown, no value odd; the files that they name need not be there.
n=0
while IFS=$'\t' read -r file line job; do
    n=$((n + 1))
    code=0
    "$HINDSIGHT" check -q "$job" >"$T/out" 2>&1 || code=$?
    check "$(basename "$file"):$line: a job file that is read ($(head -n 1 "$T/out"))" test "$code" = 0 -o "$code" = 3
done < <(python3 "$SOURCE/tests/commands.py" --jobs "$T/jobs" "${docs[@]}")
check "the documents have job files" test "$n" -ge 2
finish
