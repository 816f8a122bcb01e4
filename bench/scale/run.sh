#!/usr/bin/env bash
# A nation on PostgreSQL: run.sh [--towns 1000,10000] [--records 10000,100000] [--indicators 400] [--months 12] [--write]. Builds what ./run builds,
# starts a throw-away server with durable writes, fills it with made-up figures and records, measures, prints a table, with --write into
# docs/measurements.md too. 40 000 towns need some 70 GB of disk.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$here"
words=()
for word in "$@"; do
  if [ "$word" = --write ]; then words+=(--write docs/measurements.md); else words+=("$word"); fi
done
cmake --preset ci >/dev/null
ninja -C build/ci yifa_scale >&2
exec python3 bench/scale/measure.py --program build/ci/bench/scale/yifa_scale "${words[@]}"
