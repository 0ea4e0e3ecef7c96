#!/bin/sh
# Everything that lands a change must pass: checks, then all tests, on both cores, with coverage held.
set -eu
bin=.venv/bin
sh scripts/check.sh
sh scripts/chromium.sh
sh scripts/documents.sh
rm -f .coverage .coverage.*
"$bin/pytest" -n 2 --dist loadgroup --cov --cov-report= "$@"
"$bin/coverage" report --include='src/styr/kernel/*,src/styr/*/core/*' --fail-under=97
"$bin/coverage" report --fail-under=90 >/dev/null || { "$bin/coverage" report; exit 1; }
