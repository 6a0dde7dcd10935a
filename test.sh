#!/usr/bin/env bash
# Runs all tests from a clean checkout, and brings what they need: only the .NET SDK is expected to be there.
# The last line is «N passed, N failed»; the exit status is 0 only if everything passed.
set -uo pipefail
cd "$(dirname "$0")"

results=artifacts/test-results
rm -rf "$results" && mkdir -p "$results"

tests/install.sh
# With the analyzers, of which each warning is an error: a plain build, which is somebody's first minute, goes without.
dotnet build -c Release --nologo -v q -p:RunAnalyzersDuringBuild=true || exit 1

status=0
if [ "${CI:-}" = "true" ]; then
  dotnet format --verify-no-changes --no-restore -v q || { echo "dotnet format would change files; run it and commit"; status=1; }
fi

for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  case "$name" in *.Benchmarks) continue ;; esac
  dotnet test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$name.trx" --results-directory "$results" || status=1
done

# The row tests of the query library are tests of the product's knowledge: they run through the program itself.
artifacts/bin/AksInsights.Service/release/aksinsights query test --coverage || status=1
# Every planted mistake is tried, about a minute of processor time: nine of ten must be noticed, in all and of each query.
artifacts/bin/AksInsights.Service/release/aksinsights query mutate --quiet || status=1

passed=$(grep -ho 'passed="[0-9]*"' "$results"/*.trx | tr -dc "0-9\n" | awk "{ total += \$1 } END { print total + 0 }")
failed=$(grep -ho ' failed="[0-9]*"' "$results"/*.trx | tr -dc "0-9\n" | awk "{ total += \$1 } END { print total + 0 }")
[ "${passed:-0}" -gt 0 ] || status=1
[ "$status" -eq 0 ] || [ "${failed:-0}" -gt 0 ] || failed=1
echo "${passed:-0} passed, ${failed:-1} failed"
exit "$status"
