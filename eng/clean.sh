#!/usr/bin/env bash
# Removes all that Discovery made in this checkout: the folder artifacts, and what it had the Docker engine make. Ends servers of ours that were left behind there.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$(pwd)
[[ $# -eq 0 ]] || {
    echo "Usage: ./discovery clean" >&2
    exit 2
}

is_ours() { # process id
    { tr '\0' ' ' <"/proc/$1/cmdline" || ps -o args= -p "$1"; } 2>/dev/null | grep -qF -- "--datadir=$root/artifacts/mysql/"
}

for file in artifacts/mysql/*/server.pid; do
    [[ -f $file ]] || continue
    id=$(<"$file")
    is_ours "$id" || continue
    kill -TERM "$id"
    for _ in {1..100}; do
        is_ours "$id" || continue 2
        sleep 0.2
    done
    echo "A server of ours does not end (process $id). End it with: kill -9 $id" >&2
    exit 1
done

# Also where a container of ./discovery up was left behind.
if command -v docker >/dev/null; then
    docker ps --all --quiet --filter "label=discovery.folder=$root/artifacts/mysql" 2>/dev/null | xargs -r docker rm --force --volumes >/dev/null || true
    if [[ -s artifacts/test-images ]]; then sort -u artifacts/test-images | xargs docker image rm >/dev/null 2>&1 || true; fi
fi
eng/docker.sh --stop

if [[ -s artifacts/installed-packages ]]; then
    echo "These packages were installed for Discovery: $(sort -u artifacts/installed-packages | paste -sd' ' -)"
    echo "Remove them with: apt-get purge --autoremove $(sort -u artifacts/installed-packages | paste -sd' ' -)"
fi
rm -rf artifacts
echo "Removed $root/artifacts"
