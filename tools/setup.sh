# Sourced by ./run and ./test: installs what is missing from Debian's own packages and builds one preset.
# shellcheck shell=bash

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() {
  printf '\033[31merror:\033[0m %s\n' "$1" >&2
  [ $# -lt 2 ] || printf '       %s\n' "$2" >&2
  exit 1
}

build_packages=(g++ cmake ninja-build ccache mold pkg-config libsqlite3-dev libboost1.81-dev libboost-json1.81-dev
  libssl-dev libzip-dev libpugixml-dev libexpat1-dev libxlsxwriter-dev libyaml-cpp-dev libcli11-dev libfmt-dev
  libarchive-dev zlib1g-dev libxml2-dev poppler-utils libsodium-dev liboath-dev libqrencode-dev libpq-dev)
# npm brings the bundler and a Node of its own; a machine that has npm from elsewhere keeps it.
command -v npm >/dev/null || build_packages+=(nodejs npm)
test_packages=(doctest-dev libbenchmark-dev clang-format-14 clang-tidy-14 python3 sqlite3 postgresql-15 pgbouncer chromium fonts-noto-cjk)

# installs PACKAGE…: only those that dpkg does not know as installed.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "these Debian packages are missing: ${missing[*]}" \
      "Install them as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  command -v apt-get >/dev/null || fail "this is not a Debian system; install by hand: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq >&2 ||
    fail "apt-get update failed" "Check that Debian's package server can be reached, then run this again."
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    fail "apt-get install failed" "Read the lines above; nothing of Yifa was changed."
}

# build PRESET [TARGET…]
build() {
  local preset=$1
  shift
  local folder="build/$preset"
  if [ ! -f "$folder/build.ninja" ] || [ CMakePresets.json -nt "$folder/build.ninja" ]; then
    say "Configuring $folder"
    cmake --preset "$preset" >"/tmp/yifa-configure.$$" 2>&1 || {
      cat "/tmp/yifa-configure.$$" >&2
      fail "configuring failed" "The lines above name what CMake could not find."
    }
    rm -f "/tmp/yifa-configure.$$"
  fi
  if [ -n "$(ninja -C "$folder" -n "$@" 2>/dev/null | grep -v 'no work to do' | grep -E '^\[' | head -1)" ]; then
    say "Building $folder"
    NINJA_STATUS='[%f/%t %es] ' ninja -C "$folder" -j2 "$@" >&2 || fail "the build failed" "The lines above say where."
  fi
}
