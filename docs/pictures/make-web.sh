#!/usr/bin/env bash
# Draws docs/pictures/web-*.png: pages of the web page as `aksinsights demo` serves it, in a browser. Needs the built programs and Debian's `chromium`.
#   docs/pictures/make-web.sh [FOLDER]        # with FOLDER, every page in every look is kept there, to be looked at
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$PWD/artifacts/bin/AksInsights.Service/release/aksinsights
tests=$PWD/artifacts/bin/AksInsights.IntegrationTests/release/AksInsights.IntegrationTests.dll
[ -x "$program" ] && [ -f "$tests" ] || { echo "Build first: dotnet build -c Release" >&2; exit 1; }
work=$(mktemp -d)
trap 'kill "$demo" 2>/dev/null; wait "$demo" || true; rm -rf "$work"' EXIT
ln -s "$PWD/samples" "$work/samples"

(cd "$work" && exec "$program" demo --serve --urls http://127.0.0.1:0) >"$work/log" 2>&1 &
demo=$!
for _ in $(seq 600); do
  grep -qs "See it in a browser" "$work/log" && break
  kill -0 "$demo" || { cat "$work/log" >&2; exit 1; }
  sleep 0.5
done
site=$(sed -n 's/.*See it in a browser: \([^ ]*\).*/\1/p' "$work/log")
folder=${1:-$work/pictures}
dotnet "$tests" web-pictures "$folder" "$site"
for page in overview findings finding recommendation; do
  cp "$folder/web-$page-light.png" "$folder/web-$page-dark.png" docs/pictures/
done
wc -c docs/pictures/web-*.png
