#!/bin/sh
# Speed and quality, each printed as ratios in one run; a missed bar is printed, not hidden.
set -u
bin=.venv/bin
failed=0
for bench in ${BENCH:-bench/*.py bench/rideplan}; do
    printf '\n== %s\n' "$bench"
    "$bin/python" "$bench" || failed=1
done
exit $failed
