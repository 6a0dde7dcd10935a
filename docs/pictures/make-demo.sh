#!/usr/bin/env bash
# Draws docs/pictures/demo.svg: what `aksinsights demo` prints in a terminal, as it printed it. Needs the built program, Node and util-linux's `script`.
#   docs/pictures/make-demo.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$PWD/artifacts/bin/AksInsights.Service/release/aksinsights
[ -x "$program" ] || { echo "Build first: dotnet build -c Release" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-fund --no-audit --prefix "$work" svg-term@1.3.1
cp docs/pictures/draw-terminal.cjs "$work/"
ln -s "$PWD/samples" "$work/samples"

# Within a terminal the program serves until Ctrl+C, which it gets when it has said where.
mkfifo "$work/keys"
(cd "$work" && script -q -f -c "stty cols 132 rows 200; '$program' demo" "$work/typescript" <"$work/keys" >/dev/null) &
exec 3>"$work/keys"
for _ in $(seq 600); do
  grep -qs "See it in a browser" "$work/typescript" && break
  sleep 0.5
done
printf '\003' >&3
exec 3>&-
wait
node "$work/draw-terminal.cjs" "$work/typescript" 132 >docs/pictures/demo.svg
wc -c docs/pictures/demo.svg
