#!/usr/bin/env bash
# The server under load: run.sh [RECORDS] [--write] [--keep FOLDER]. Builds what ./run builds, fills data directories with made-up records
# (10 000, 100 000, 1 000 000; up to RECORDS), serves each and measures it; prints a table, with --write into docs/measurements.md too.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$here"
words=()
for word in "$@"; do
  if [ "$word" = --write ]; then words+=(--write docs/measurements.md); else words+=("$word"); fi
done
cmake --preset ci >/dev/null
ninja -C build/ci yifa yifa_http_fill yifa_http_load yifa_http_bare yifa_http_bare_rows >&2
exec python3 bench/http/measure.py --yifa build/ci/app/yifa --programs build/ci/bench/http "${words[@]}"
