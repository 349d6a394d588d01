#!/usr/bin/env bash
# Installs what the tests need beyond cargo, where it is missing: Chromium with its driver and a Japanese font for the browser tests,
# Neovim for the language server, and the WebAssembly target. Says what it does, nothing when all is there.
set -euo pipefail

fail() {
  echo "tests/install.sh: $1" >&2
  exit 1
}

packages=()
command -v chromedriver >/dev/null || packages+=(chromium-driver)
command -v chromium >/dev/null || packages+=(chromium)
command -v nvim >/dev/null || packages+=(neovim)
[ -n "$(fc-list :lang=ja 2>/dev/null | head -n 1)" ] || packages+=(fontconfig fonts-noto-cjk)

if [ ${#packages[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || fail "please install Chromium, ChromeDriver, Neovim and a Japanese font, and put \`chromium\`, \`chromedriver\` and \`nvim\` on the PATH"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "run this as root, or install: ${packages[*]}"
    as_root=(sudo)
  fi
  echo "installing ${packages[*]}"
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=600 update >"$log" 2>&1 || { cat "$log" >&2; fail "apt-get update failed"; }
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${packages[@]}" >"$log" 2>&1 \
    || { cat "$log" >&2; fail "could not install: ${packages[*]}"; }
fi

if command -v rustup >/dev/null; then
  rustup target list --installed | grep -qx wasm32-unknown-unknown \
    || { echo "installing the target wasm32-unknown-unknown"; rustup --quiet target add wasm32-unknown-unknown; } \
    || fail "could not add the target wasm32-unknown-unknown"
elif [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
  fail "please install Rust's target wasm32-unknown-unknown"
fi
