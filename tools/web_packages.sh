#!/usr/bin/env bash
# Installs the packages of web/ as its lock file says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../web"
exec 9>package-lock.json.lock
flock 9
if [ ! -f node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
  npm ci --no-audit --no-fund --loglevel=error
fi
touch node_modules/.installed
rm -f package-lock.json.lock
