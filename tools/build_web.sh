#!/usr/bin/env bash
# Builds web/ into FOLDER/app:  tools/build_web.sh FOLDER
# With the Node that npm brought where there is one for this machine: Debian's own is too old for the bundler.
set -euo pipefail
output=$1
cd "$(dirname "${BASH_SOURCE[0]}")/../web"
mkdir -p "$output"
exec 9>"$output/.lock"
flock 9
. ../tools/web_node.sh
rm -rf "$output/app.new"
node node_modules/vite/bin/vite.js build --outDir "$output/app.new" --emptyOutDir --logLevel warn
rm -rf "$output/app.new/.vite" "$output/app"
mv "$output/app.new" "$output/app"
touch "$output/.built"
