#!/bin/sh
# The page tests need a real Chromium. Installs Debian's where it may, else says exactly what to run, and fails.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the page tests"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "Chromium mangler til sidetestene. Kør: sudo apt-get install chromium  (eller sæt chromium på PATH), og prøv igen." >&2
exit 1
