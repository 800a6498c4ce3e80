#!/usr/bin/env bash
# eng/test-images/get.sh IMAGE... - has these public images (mariadb:10.11) on the Docker engine for the tests: as they are there,
# else pulled, else their likes built from Debian packages.
set -euo pipefail
cd "$(dirname "$0")/../.."

for image in "$@"; do
    ! docker image inspect "$image" >/dev/null 2>&1 || continue
    if timeout 180 docker pull --quiet "$image" >/dev/null 2>&1; then
        echo "$image" >>artifacts/test-images
        continue
    fi
    case $image in
    mariadb:10.11 | mariadb:11.8 | mysql:9.7) eng/test-images/build.sh "${image/:/-}" ;;
    *) echo "The image $image cannot be pulled here, and Debian has no packages for its like." ;;
    esac
done
