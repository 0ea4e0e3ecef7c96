#!/bin/sh
# Everything that lands a change must pass: checks, then all tests, on both cores, with coverage held.
set -eu
bin=.venv/bin
# The run starts the program some hundred times: let each find the others' compiled files, wherever we are run.
unset PYTHONDONTWRITEBYTECODE
sh scripts/quick_check.sh
sh scripts/chromium.sh
sh scripts/documents.sh
rm -f .coverage .coverage.*
# Types take a minute of one core, the tests' database half of one: both beside the rest instead of before it.
nice -n 5 "$bin/mypy" &
types=$!
"$bin/python" -W ignore tests/databases.py
"$bin/pytest" -n 2 --cov --cov-report= "$@" || { kill "$types" 2>/dev/null; exit 1; }
wait "$types"
"$bin/coverage" report --include='src/styr/kernel/*,src/styr/*/core/*' --fail-under=97
"$bin/coverage" report --fail-under=90 >/dev/null || { "$bin/coverage" report; exit 1; }
