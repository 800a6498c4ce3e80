#!/usr/bin/env bash
# eng/packages.sh PACKAGE... - installs what is missing of these Debian packages. Says the command first, asks when there is
# a terminal, and notes what it installed for ./discovery clean.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
for package in "$@"; do
    [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true) == 'install ok installed' ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

command -v apt-get >/dev/null || {
    echo "Missing here: ${missing[*]} (names of Debian; install them the way of your system)." >&2
    exit 1
}
install="apt-get install --yes --no-install-recommends ${missing[*]}"
[[ $(id -u) -eq 0 ]] || {
    echo "Missing here: ${missing[*]}. Install with: sudo apt-get update && sudo $install" >&2
    exit 1
}
echo "Installing: apt-get update && $install"
if [[ -t 0 ]]; then
    read -r -p "Go on? [Y/n] " answer
    [[ ${answer:-y} == [Yy]* ]] || exit 1
fi
mkdir -p artifacts
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # the words of the command
if ! { apt-get update && $install; } </dev/null >artifacts/packages.log 2>&1; then
    tail -n 5 artifacts/packages.log >&2
    echo "The packages could not be installed: check the network and /etc/apt, then start again (the whole log: artifacts/packages.log)." >&2
    exit 1
fi
printf '%s\n' "${missing[@]}" >>artifacts/installed-packages
