#!/usr/bin/env bash
# eng/debian-tree.sh SUITE FOLDER PACKAGE... - unpacks these Debian packages, with all that they depend on, into a new folder:
# nothing is installed, no package of this system changes, no script of a package runs. Tells apt's output to FOLDER.log.
set -euo pipefail
suite=$1
tree=$2
shift 2
log=$tree.log

fail() {
    echo "$1" >&2
    exit 1
}

for command in apt-get dpkg-deb tar; do
    command -v $command >/dev/null || fail "Debian packages are unpacked with $command, which this system lacks."
done
# 'http://mirror.example/debian/dists/bookworm/InRelease' mirror.example_debian_dists_bookworm_InRelease 0
mirror=$(apt-get update --print-uris 2>/dev/null | sed -nE "s|^'(.*/debian)/dists/.*|\1|p" | head -n 1)
[[ -n $mirror ]] || fail "apt is not set up with a mirror of Debian (/etc/apt)."

rm -rf "$tree"
mkdir -p "$tree"/apt/{lists,cache,none}
# apt with a state of its own, in which no package is installed; mirror, proxy and login are those of this system.
touch "$tree/apt/status"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [$([[ ! -f $keyring ]] || echo "signed-by=$keyring")] $mirror $suite main" >"$tree/apt/sources.list"
options=(
    -o Dir::State="$tree/apt" -o Dir::State::status="$tree/apt/status" -o Dir::Cache="$tree/apt/cache"
    -o Dir::Etc::sourcelist="$tree/apt/sources.list" -o Dir::Etc::sourceparts="$tree/apt/none" -o Dir::Etc::preferencesparts="$tree/apt/none"
    -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none)
unpack() {
    apt-get "${options[@]}" update &&
        apt-get "${options[@]}" install --yes --no-install-recommends --download-only "$@" &&
        for package in "$tree"/apt/cache/archives/*.deb; do
            # Packages still bring /bin and /lib where the suite has made links of them.
            dpkg-deb --fsys-tarfile "$package" | tar -xp --keep-directory-symlink -C "$tree" || return
        done
}
if ! unpack "$@" </dev/null >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    fail "The packages of Debian $suite could not be unpacked: check the network and /etc/apt, then start again (the whole log: $log)."
fi
rm -rf "$tree/apt"
