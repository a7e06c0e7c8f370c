#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 150
# A sample of scripts/faults: whatever fails, is killed or is swapped in a run, the next one
# gives what a cold run gives.
. ./lib.sh
SOURCE_TESTS=$PWD
cd "$T"
for i in 1 2 3; do tone m$i.wav 6 $i "treble=g=18:f=4000"; tone x$i.wav 7 $i "volume=-6dB"; done
tone other.flac 6 9
{
    printf 'hindsight: 1\nartist: Fault\nreleases:\n  - title: R\n    tracks:\n'
    for i in 1 2 3; do printf '      - {title: T%s, master: m%s.wav, mix: x%s.wav}\n' $i $i $i; done
} >job.yaml
check "places at which a run fails" python3 "$SOURCE_TESTS/faults.py" "${SHARE:-0.02}" "${SEED:-1}"
finish
