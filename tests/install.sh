#!/usr/bin/env bash
# Brings the programs that the integration tests talk to, from the system's own packages; quiet when they are there already.
# On a machine where that is not possible the tests that need them are skipped and say so, except where CI is set.
set -uo pipefail

missing=()
need() { compgen -G "$1" >/dev/null || missing+=("$2"); }
need "/usr/lib/postgresql/*/bin/initdb" postgresql
need "/usr/bin/npm" npm
need "/usr/bin/prometheus-alertmanager" prometheus-alertmanager
need "/usr/bin/prometheus" prometheus
need "/usr/bin/chromium" chromium
need "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf" fonts-dejavu-core
need "/usr/lib/python3/dist-packages/aiosmtpd" python3-aiosmtpd

# Debian 12 has a kubectl whose kustomize does not know `patches` yet; the vendor's package source is not added here.
command -v kubectl >/dev/null || echo "not installed: kubectl 1.21 or newer (kubernetes.io says how); the tests that render overlays with it are skipped"

[ ${#missing[@]} -eq 0 ] && exit 0
command -v apt-get >/dev/null || { echo "not installed: ${missing[*]}"; exit 0; }
[ "$(id -u)" -eq 0 ] || { echo "not installed (run tests/install.sh as root): ${missing[*]}"; exit 0; }

log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || { tail -20 "$log"; echo "not installed: ${missing[*]}"; }
rm -f "$log"
