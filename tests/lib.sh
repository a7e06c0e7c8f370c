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
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
# tone FILE SECONDS SEED [FILTER]: music-like noise bursts over a chord, each seed another
tone() {
    ffmpeg -nostdin -v error -y -f lavfi -i "aevalsrc='0.2*sin(2*PI*(110+7*$3)*t)*(0.6+0.4*sin(2*PI*(0.5+0.01*$3)*t))+0.15*sin(2*PI*(331+3*$3)*t)*exp(-3*mod(t,0.5))+0.1*(random($3)-0.5)*exp(-12*mod(t,0.25))|0.2*sin(2*PI*(110+7*$3)*t+0.3)*(0.6+0.4*sin(2*PI*(0.5+0.01*$3)*t))+0.12*sin(2*PI*(331+3*$3)*t)*exp(-3*mod(t,0.5))+0.1*(random($3+100)-0.5)*exp(-12*mod(t,0.25))':s=44100:d=$2" ${4:+-af "$4"} "$1"
}
