#!/usr/bin/env bash
# ./discovery images [--push REGISTRY/NAMESPACE | --test] - builds the images discovery-worker, discovery-api and discovery-catalog into the Docker
# engine of this machine, or for all architectures into a registry. --test builds discovery-test/... on any package feed, also where no base image can be pulled.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
projects=(Ingestion.Worker Ingestion.Api Catalog)
log=$root/artifacts/test-images.log

fail() {
    echo "$1" >&2
    exit 1
}

here=(-p:RuntimeIdentifier="linux-$(uname -m | sed -e s/x86_64/x64/ -e s/aarch64/arm64/)" -p:SelfContained=false)
case "$#:${1-}" in
0:) options=("${here[@]}") ;;
1:--test) options=("${here[@]}" -p:ImageNamespace=discovery-test) ;;
2:--push)
    [[ $2 == *?/?* ]] || fail "--push takes a registry and a namespace, such as ghcr.io/example, not $2"
    options=(-p:ContainerRuntimeIdentifiers='"linux-x64;linux-arm64"' -p:ContainerRegistry="${2%%/*}" -p:ImageNamespace="${2#*/}")
    ;;
*)
    echo "Usage: ./discovery images [--push REGISTRY/NAMESPACE | --test]" >&2
    exit 2
    ;;
esac

eng/ready.sh
eng/feed.sh
# A folder of its own: neither are builds for other architectures mixed with those of ./discovery, nor is a file of an older build part of an image.
# The base has the runtime, for which nothing is downloaded.
options+=(-p:ArtifactsPath="$root/artifacts/image-builds" -p:UseAppHost=false -p:EnableAppHostPackDownload=false -p:EnableRuntimePackDownload=false)
rm -rf artifacts/image-builds/publish
dotnet msbuild Catalog -nologo -t:RefuseStandIns "${options[@]}" || exit 1

[[ $* == --push* ]] || docker version --format '{{.Server.Version}}' >/dev/null 2>&1 || fail "No Docker engine answers here (docker version). Start one, or push into a registry with --push, which needs none."

scratch=
end() {
    [[ -z ${registry-} ]] || kill "$registry" 2>/dev/null || true
    [[ -z ${pushed-} ]] || docker rmi "$pushed" >/dev/null 2>&1 || true
    rm -rf "$scratch"
}
trap end EXIT

# Makes a base of Debian packages and serves it on this machine: the SDK takes a base image from a registry alone.
own_base() {
    local base port=
    base=$(eng/test-images/base/build.sh | tail -n 1)
    eng/packages.sh docker-registry </dev/null
    scratch=$(mktemp -d)
    printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: "127.0.0.1:0"}\n' "$scratch/images" >"$scratch/registry.yml"
    docker-registry serve "$scratch/registry.yml" >"$scratch/registry.log" 2>&1 &
    registry=$!
    for _ in {1..100}; do
        # time="..." level=info msg="listening on 127.0.0.1:43211" go.version=...
        port=$(sed -nE 's/.*listening on 127\.0\.0\.1:([0-9]+)".*/\1/p' "$scratch/registry.log")
        [[ -z $port ]] || break
        kill -0 $registry 2>/dev/null || break
        sleep 0.1
    done
    [[ -n $port ]] || fail "The registry for the base image does not start: $(tail -n 3 "$scratch/registry.log")"
    pushed=localhost:$port/$base
    echo "$base" >>artifacts/test-images
    docker tag "$base" "$pushed"
    docker push --quiet "$pushed" >/dev/null
    options+=(-p:ContainerBaseImage="$pushed")
}
if [[ $* == --test ]]; then
    # Those of an earlier time would stay behind without a name.
    docker images --filter 'reference=discovery-test/discovery-*' --filter reference=discovery-test/base --format '{{.Repository}}:{{.Tag}}' | xargs -r docker rmi >/dev/null 2>&1 || true
    public=$(dotnet msbuild Catalog -getProperty:ContainerBaseImage)
    # The stand-in of the driver needs a library that the public image does not have.
    if grep -qsE '<MissingPackages>[^<]' artifacts/feed.props || ! timeout 120 docker pull --quiet "$public" >/dev/null 2>&1; then
        own_base
    fi
fi

for project in "${projects[@]}"; do
    if ! dotnet publish "$project" -c Release --nologo --disable-build-servers -t:PublishContainer "${options[@]}" >"$log" 2>&1; then
        cat "$log" >&2
        fail "The image of $project was not built, see above (also in $log)."
    fi
    # Pushed image 'discovery-test/discovery-api:0.1.0' to local registry via 'docker'.
    sed -n "s/^ *Pushed image/Built/p" "$log"
    # For ./discovery clean.
    [[ $* != --test ]] || sed -n "s/^ *Pushed image '\([^']*\)'.*/\1/p" "$log" >>artifacts/test-images
done
