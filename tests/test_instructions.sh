#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 50
# Instructions executed by all analysers over signals that never change, counted by valgrind:
# a kernel or an analyser that has become dearer is named, on a machine as busy as it may be.
set -eu
python3 "$SOURCE/tests/instructions/count.py" "$BUILD/tests/instructions/instructions"
