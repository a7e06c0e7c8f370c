# SPDX-License-Identifier: Apache-2.0
# Shared by the shell tests: a scratch folder, counting checks, made-up audio.
set -u
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
passed=0 failed=0
check() { # description, command...
    local what=$1
    shift
    if "$@"; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "failed: $what ($*)" >&2
    fi
}
same() { [ "$1" = "$2" ] || { echo "  got '$1', expected '$2'" >&2; return 1; }; }
has() { grep -qF -- "$2" "$1" || { echo "  no '$2' in $1:" >&2; head -c 600 "$1" >&2; return 1; }; }
lacks() { ! grep -qF -- "$2" "$1"; }
# root: whether files can be given to other users; without it the checks that need it fail.
root() { check "this needs root" [ "$(id -u)" = 0 ] && [ "$(id -u)" = 0 ]; }
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
# tone FILE SECONDS SEED [FILTER]: music-like: a chord and struck noise at three rates that
# do not meet within minutes, so that no passage is like another; each seed is another song.
# random() of FFmpeg 7 draws other numbers than that of FFmpeg 5: a seed is the same song with one
# version only, and what is planned for it differs by a tenth of a dB.
tone() {
    local strikes="exp(-9*mod(t+0.1*$3,0.37+0.011*$3))+0.8*exp(-7*mod(t,0.613))+0.6*exp(-5*mod(t,0.829+0.007*$3))"
    local chord="0.1*sin(2*PI*(110+7*$3)*t)*(0.6+0.4*sin(2*PI*0.41*t))+0.1*sin(2*PI*(331+3*$3)*t)*exp(-3*mod(t,0.53))"
    ffmpeg -nostdin -v error -y -f lavfi -i "aevalsrc='$chord+0.12*(random(0)-0.5)*($strikes)|$chord+0.12*(random(1)-0.5)*($strikes)':s=44100:d=$2" ${4:+-af "$4"} "$1"
}
