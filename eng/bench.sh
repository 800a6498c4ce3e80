#!/usr/bin/env bash
# ./discovery bench mysql [options] - builds the programs and measures them; --help says more.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
eng/build.sh
# What is missing here is left out of the comparison.
eng/packages.sh mariadb-server-core mariadb-client-core libmariadb3 </dev/null >&2 || true
eng/oracle.sh >&2
if ! dotnet build tests/Benchmarks -c Release --nologo --disable-build-servers >artifacts/bench-build.log 2>&1; then
    cat artifacts/bench-build.log >&2
    exit 1
fi
exec dotnet artifacts/bin/Benchmarks/release/Discovery.Benchmarks.dll bench "$@"
