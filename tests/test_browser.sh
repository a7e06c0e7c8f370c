#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test-labels: once
# test-cost: 250
# The pages in headless Chromium, with scripts and without; HTML by its validator. The npm
# packages are put beside the build by scripts/setup.
set -u
modules=$SOURCE/build/npm/node_modules
if [ ! -d "$modules/playwright-core" ]; then
    echo "the npm packages of tests/browser are missing: run scripts/setup" >&2
    exit 1
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0
"$BUILD/tests/test_report_pages" 5 5 "$work/report" clips || exit 1
validate() { "$modules/.bin/html-validate" --config "$SOURCE/tests/browser/html-validate.json" "$@"; }
cd "$work/report" || exit 1
find . -name "*.html" ! -path ./report.html -exec "$modules/.bin/html-validate" --config "$SOURCE/tests/browser/html-validate.json" {} + || failed=1
# The single file holds all pages once more: one of fewer tracks has the same elements, and takes the
# validator 13 s where that of 25 tracks takes 88.
"$BUILD/tests/test_report_pages" 3 3 "$work/small" clips && validate "$work/small/report.html" || failed=1
echo '<!DOCTYPE html><html><body><p style="x">no<b></p>' >"$work/bad.html"
validate "$work/bad.html" >/dev/null 2>&1 && { echo "the validator lets a bad page pass" >&2; failed=1; }
[ "$(python3 -m zipfile -t report.zip)" = "Done testing" ] || { echo "report.zip is no archive" >&2; failed=1; }
python3 -m zipfile -l report.zip | grep -q "tracks/" || { echo "report.zip lacks pages" >&2; failed=1; }
node "$SOURCE/tests/browser/drive.js" "$modules" "$work/report" || failed=1
exit $failed
