#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# The rules of CONTRIBUTING.md that a program can check: see house.py.
set -eu
python3 "$SOURCE/tests/house.py" "$SOURCE" "$BUILD"
