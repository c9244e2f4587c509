#!/bin/sh
# What tests need besides Python: Chromium, Node with its few packages, and the programs that read deploy/.
set -eu
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
command -v caddy >/dev/null || missing="$missing caddy"
command -v openssl >/dev/null || missing="$missing openssl"
command -v systemd-analyze >/dev/null || missing="$missing systemd"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        # shellcheck disable=SC2086
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
    else
        echo "The tests need:$missing. On Debian: sudo apt install$missing" >&2
        exit 1
    fi
fi
if [ package-lock.json -nt node_modules/.installed ] || [ ! -f node_modules/.installed ]; then
    npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error
    touch node_modules/.installed
fi
