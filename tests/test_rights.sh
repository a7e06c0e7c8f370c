#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# Whose state it is, and who may write it: a store or a folder that may only be read, a group
# that shares its state, and too few file descriptors.
. ./lib.sh
cp "$HINDSIGHT" "$T/hindsight"; chmod 755 "$T"; cd "$T"
tone m1.flac 4 1; tone m2.flac 4 2
printf 'hindsight: 1\nartist: R\nreleases: [{title: R, tracks: [{title: A, master: m1.flac}, {title: B, master: m2.flac}]}]\n' >job.yaml
as() { # USER COMMAND...: of the group 5555; without root all is done by one user
    local user=$1
    shift
    if [ "$(id -u)" = 0 ]; then setpriv --reuid="$user" --regid=5555 --clear-groups "$@"; else "$@"; fi
}
[ "$(id -u)" != 0 ] || chown -R 1234:5555 "$T"
run() { as 1234 "$T/hindsight" audit -q --no-clips "$@"; }
new_night() { printf '# %s\n' "$1" >>job.yaml; }

# --- read only: decided before anything is published
run job.yaml -o out --store s; check "first" same $? 0
before=$(readlink out/.hindsight/current)
shut() { # WHAT PATH
    new_night "$1"; chmod a-w "$2"; run job.yaml -o out --store s 2>log; local code=$?; chmod u+w "$2"
    check "$1: refused" same $code 1
    check "$1: in words" grep -qiE "permission|read-?only|cannot be written" log
    check "$1: and nothing was published" same "$(readlink out/.hindsight/current)" "$before"
}
shut "a store that may be read alone" s/store.sqlite
shut "a folder of a store" s
shut "the state of a report" out/.hindsight
shut "the folder of a report" out
chmod a-w s/store.sqlite s; as 1234 ./hindsight store s --check >text 2>log
check "such a store cannot be asked either" same "$?/$(grep -c Permission log)" 1/1; chmod u+w s s/store.sqlite
run job.yaml -o out --store s; check "with rights again all is well" same $? 0

# --- too few file descriptors are what they are
for n in 6 8 12 16; do
    (exec 2>log; ulimit -n $n; run job.yaml -o few$n); code=$?
    check "$n descriptors" same $code 1
    check "$n descriptors: nothing is published" test ! -e few$n/index.html
done

# --- a group shares its state, of whatever umask its members are
mkdir shared; chmod 2775 shared; [ "$(id -u)" != 0 ] || chown 1234:5555 shared
both() { as "$1" "$T/hindsight" audit -q --no-clips --shared-state job.yaml -o shared/out --store shared/s; }
both 1234; check "one of a group" same $? 0; want=$(sha256sum <shared/out/audit.json)
for user in 1235 1234 1236; do
    new_night $user; both $user 2>log; check "user $user" same "$?/$(sha256sum <shared/out/audit.json)" "0/$want"
done
both 1235 & (new_night both; both 1236 2>log); code=$?; wait $!; other=$?
check "and what it no longer needs is cleared away by whoever comes" test "$(ls shared/out/.hindsight/reports | wc -l)" -le 2
check "two at once take turns: $code $other" eval '[[ "0 11" == *$code* && "0 11" == *$other* ]]'
if root; then
    as 1235 ./hindsight audit -q --no-clips job.yaml -o shared/out --store shared/s 2>log
    check "not asked for, it is refused" same "$?/$(grep -c 'another user' log)" 1/1
fi
chmod o+w shared/s; both 1234 2>log; check "what everybody may write is not shared" same $? 1
finish
