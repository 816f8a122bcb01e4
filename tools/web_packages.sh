#!/usr/bin/env bash
# Installs the packages of web/ as its lock file says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../web"
mkdir -p ../build
exec 9>../build/.web-packages.lock
flock 9
install() { npm ci --no-audit --no-fund --loglevel=error; }
if [ ! -f node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
  install
  # Under an old Node npm leaves out the parts that need a newer one. The first pass brought one, checked against the lock
  # file; the second pass runs by it.
  if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    rm -rf ../build/node
    cp -r "node_modules/node-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" ../build/node
    PATH="$PWD/../build/node/bin:$PATH"
    export PATH
    install
  fi
fi
touch node_modules/.installed
