#!/bin/sh
# Contracts as files need LibreOffice (DOCX to PDF) and tesseract with Danish (scans); the tests use both. Installs Debian's
# where it may, else says exactly what to run, and fails.
set -eu
packages="libreoffice-writer-nogui tesseract-ocr tesseract-ocr-dan"
if command -v soffice >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx dan; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing LibreOffice and tesseract for the tests of documents"
    # shellcheck disable=SC2086 # the packages are words
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null && exit 0
fi
echo "LibreOffice og tesseract med dansk mangler til dokumenttestene. Kør: sudo apt-get install $packages  og prøv igen." >&2
exit 1
