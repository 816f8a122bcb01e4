#!/usr/bin/env bash
# Types and unit tests of web/, with the Node that npm brought.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
./web_packages.sh
cd ../web
. ../tools/web_node.sh
node node_modules/vue-tsc/bin/vue-tsc.js --noEmit
node node_modules/vitest/vitest.mjs run
