#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# installed.sh DEB MUSIC: run by scripts/test-systems within a bare system: installs the package
# by apt, looks for what belongs to it and does a day's work with it.
set -eu
deb=$1 music=$2
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$deb" >/dev/null
cd /tmp
checks=0
ok() { # DESCRIPTION COMMAND...
    local what=$1
    shift
    "$@" || { echo "failed: $what ($*)"; exit 1; }
    checks=$((checks + 1))
}
exits() { # CODE COMMAND...
    local want=$1 got=0
    shift
    "$@" || got=$?
    [ $got = "$want" ] || { echo "exit $got, expected $want: $*"; return 1; }
}
ok "the program is on the path" test "$(command -v hindsight)" = /usr/bin/hindsight
ok "it knows its libraries" grep -q '^FFmpeg [57]\.1' <(hindsight --version)
ok "and no other FFmpeg" test "$(hindsight --version | grep -c untried)" = 0
ok "and its encoders" grep -q '^encoder: Opus libopus' <(hindsight --version)
for f in man/man1/hindsight.1 bash-completion/completions/hindsight zsh/site-functions/_hindsight \
    fish/vendor_completions.d/hindsight.fish hindsight/audit.schema.json \
    doc/hindsight/copyright doc/hindsight/examples/band.yaml doc/hindsight/docs/manual/engineer.md; do
    ok "it brings $f" test -s "/usr/share/$f"
done
for u in hindsight-audit@.service hindsight-audit@.timer hindsight-failed@.service; do
    ok "it brings $u" test -s "/usr/lib/systemd/system/$u"
done
ok "licences are told" grep -q '^License: GPL-3.0-or-later' /usr/share/doc/hindsight/copyright
ok "the example is a job file (its music is not there)" \
    exits 3 hindsight check -q /usr/share/doc/hindsight/examples/band.yaml >/dev/null
mkdir archive
find "$music/titanion-data" -name '*.ogg' | sort | head -n 3 | while read -r f; do cp "$f" archive; done
ok "it reads folders" exits 0 hindsight init -o job.yaml archive
ok "it audits" exits 0 hindsight audit -q job.yaml -o report
ok "all three are read" test "$(grep -c '"status": *"ok"' report/audit.json)" -ge 3
ok "the pages are there" test -s report/index.html
ok "clips are cut" test -n "$(find -L report/ -name '*.webm' | head -n 1)"
ok "a second night changes nothing" exits 0 hindsight audit -q job.yaml -o report
apt-get purge -y -qq hindsight >/dev/null
ok "it goes without a trace" test -z "$(ls -d /usr/share/hindsight /usr/bin/hindsight 2>/dev/null)"
echo "installs by apt and works: $checks checks"
