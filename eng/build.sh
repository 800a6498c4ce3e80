#!/usr/bin/env bash
# Builds the programs that ./discovery runs, if a source is newer than the last build. Says one line; the whole log only
# when it fails.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
[[ $# -eq 0 ]] || {
    echo "Usage: ./discovery build" >&2
    exit 2
}
stamp=artifacts/build.stamp
log=artifacts/build.log

fail() {
    echo "$1" >&2
    exit 1
}

# A folder is newer when a file in it was removed.
is_current() {
    [[ -f $stamp && ! artifacts/feed.props -nt $stamp ]] &&
        [[ -z $(find . -mindepth 1 \( -path ./artifacts -o -path ./.git -o -path ./tests -o -path ./samples \) -prune -o \
            -newer $stamp \( -type d -o -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.json' -o -name '*.sql' -o -name '*.razor' -o -name '*.css' -o -name '*.js' -o -name '*.svg' -o -name '*.graphqls' \) -print -quit) ]]
}

build() {
    # Embedded, Catalog, Ingestion.Api and Deploy build the others along. No build servers: nothing of ours stays running, or holds the lock.
    dotnet build Embedded -c Release --nologo --disable-build-servers >$log 2>&1 9>&- &&
        dotnet build Catalog -c Release --nologo --disable-build-servers >>$log 2>&1 9>&- &&
        dotnet build Ingestion.Api -c Release --nologo --disable-build-servers >>$log 2>&1 9>&- &&
        dotnet build Deploy -c Release --nologo --disable-build-servers >>$log 2>&1 9>&-
}

# The answer kept on what the feed holds may be out of date.
build_after_probe() {
    grep -q 'error NU1' $log || return 1
    echo "the packages did not restore, once more" >&2
    eng/feed.sh --drop >&2 9>&-
    eng/feed.sh >&2 9>&-
    build
}

command -v dotnet >/dev/null && is_current && exit

eng/ready.sh
exec 9>artifacts/build.lock
if command -v flock >/dev/null; then flock 9; fi
is_current && exit # somebody else built it while we waited

eng/feed.sh >&2 9>&-
if [[ -f $stamp ]]; then echo -n "Building ... " >&2; else echo -n "Building (first start, about a minute) ... " >&2; fi
# Ctrl-C reaches the build too, which would have a lot to say about it.
trap 'echo "interrupted" >&2; exit 130' INT
touch artifacts/build.started # what changes from here on is for the next build
if ! build && ! build_after_probe; then
    echo "failed" >&2
    cat $log >&2
    ! grep -q 'error NU1301' $log || fail "The package feed cannot be reached: check the network and 'dotnet nuget list source', then start again."
    fail "The build failed, see above (also in $root/$log)."
fi
mv artifacts/build.started $stamp
echo "$SECONDS s" >&2
