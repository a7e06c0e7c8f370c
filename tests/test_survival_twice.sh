#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 85
# FM radio and the car against a second implementation in Python, which shares nothing with the first.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 "$SOURCE/tests/helpers/survival_twice.py" "$HINDSIGHT" "$work"
