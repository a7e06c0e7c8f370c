#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# in_system.sh fast|full: run by scripts/test-systems within another system, in /src. Builds the
# package with all warnings as errors, passes the fast tests, runs the main job.
set -eu
cd /src
if [ "$1" = full ]; then
    apt-get update -qq
    scripts/test
fi
scripts/setup fast
mkdir -p build
cmake --preset package -DBUILD_TESTING=ON -DHINDSIGHT_TESTS=repeated -DHINDSIGHT_WERROR=ON
cmake --build --preset package
(cd build/package && cpack -G DEB)
build/package/hindsight --version
build/package/hindsight --version | grep -v untried | grep -q '^FFmpeg 7\.1'
ctest --no-tests=error --test-dir build/package -j "$(nproc)" --output-on-failure
code=0
build/package/hindsight audit -q jobs/kenta-cho.yaml -o /tmp/kenta-cho --no-clips || code=$?
[ $code = 0 ] || [ $code = 3 ]
read_=$(jq '[.tracks[].master | select(.status == "ok")] | length' /tmp/kenta-cho/audit.json)
all=$(jq '.tracks | length' /tmp/kenta-cho/audit.json)
[ "$read_" = "$all" ]
echo "builds without a warning, passes the tests, has read all $all masters of the main job"
