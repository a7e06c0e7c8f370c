#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 55
# A month of random nights (scripts/soak: more of them).
. ./lib.sh
TESTS=$PWD
cd "$T"
mkdir pool
for i in 1 2 3; do tone pool/m$i.wav 4 $i; ffmpeg -nostdin -v error -i pool/m$i.wav -af volume=-6dB pool/x$i.wav; done
check "nights" python3 "$TESTS/soak.py" "${NIGHTS:-30}" "${SEED:-1}"
finish
