#!/usr/bin/env bash
# clang-tidy over every source, two at a time; a file is skipped while neither it nor any header changed since it was last clean.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$1
mkdir -p "$folder/tidy-clean"
everything=$(cat .clang-tidy $(git ls-files --cached --others --exclude-standard -- '*.h') | sha256sum | cut -c1-16)
check() {
  local file=$1 folder=$2 everything=$3
  local mark="$folder/tidy-clean/$(echo "$everything $(sha256sum <"$file")" | sha256sum | cut -c1-32)"
  [ -e "$mark" ] && return 0
  clang-tidy-14 -p "$folder" --quiet --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-ignored-optimization-argument \
    "$file" 2>"$mark.err" >"$mark.out" && { rm -f "$mark.err" "$mark.out"; touch "$mark"; return 0; }
  cat "$mark.out"
  grep -E 'error' "$mark.err" || true
  rm -f "$mark.err" "$mark.out"
  return 1
}
export -f check
git ls-files -z --cached --others --exclude-standard -- 'src/*.cpp' 'app/*.cpp' |
  grep -zv '_test\.cpp$' | xargs -0 -P2 -I{} bash -c 'check "$1" "$2" "$3"' _ {} "$folder" "$everything"
