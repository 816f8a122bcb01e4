#!/usr/bin/env bash
# Format, types and unit tests of web/, and whether its types are those of docs/schema/api.json; with the Node that npm brought.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
./web_packages.sh
cd ../web
. ../tools/web_node.sh
npm run --silent format:check
node tools/api_types.mjs --check
node node_modules/vue-tsc/bin/vue-tsc.js --noEmit
node node_modules/vitest/vitest.mjs run
