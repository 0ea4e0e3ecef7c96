#!/bin/sh
# The Python environment in .venv from the hash-pinned requirements; uv does it quickly, plain pip where uv cannot run.
set -eu
python=${1:-python3}
"$python" - <<'PY' || { echo "Python 3.11 eller nyere mangler / Python 3.11 or newer is needed" >&2; exit 1; }
import sys
sys.exit(sys.version_info < (3, 11))
PY
[ -x .venv/bin/python ] || "$python" -m venv .venv
bin=.venv/bin
echo "Installing Python packages"
if "$bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt && "$bin/uv" --version >/dev/null 2>&1; then
    "$bin/uv" pip install --quiet --python "$bin/python" --require-hashes -r requirements/app.txt -r requirements/dev.txt
    "$bin/uv" pip install --quiet --python "$bin/python" --no-deps --editable .
else
    "$bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/app.txt -r requirements/dev.txt
    "$bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --editable .
fi
# The route planner's inner loops are compiled here once, so that nobody's first plan waits for it.
"$bin/python" -m rideplan warm
