#!/bin/sh
# Seconds, before every commit: format, lint, types, layers.
set -eu
sh scripts/quick_check.sh
.venv/bin/mypy
