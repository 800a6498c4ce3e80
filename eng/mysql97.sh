#!/usr/bin/env bash
# Unpacks a MySQL 9.7 server from Debian sid with all its libraries below artifacts/mysql97, for the tests: nothing is
# installed, no package of this system changes. The server is then artifacts/mysql97/mysqld.
set -euo pipefail
cd "$(dirname "$0")/.."
tree=$PWD/artifacts/mysql97
making=$tree.making
log=$PWD/artifacts/mysql97.log

fail() {
    echo "$1" >&2
    exit 1
}

# Ends with an error unless the tree is whole: it gets its name when everything in it is done.
"$tree/mysqld" --version >/dev/null 2>&1 && exit

for command in apt-get dpkg-deb; do
    command -v $command >/dev/null || fail "No MySQL 9.7 here: it is unpacked from Debian packages with $command, which this system lacks."
done
# 'http://mirror.example/debian/dists/bookworm/InRelease' mirror.example_debian_dists_bookworm_InRelease 0
mirror=$(apt-get update --print-uris 2>/dev/null | sed -nE "s|^'(.*/debian)/dists/.*|\1|p" | head -n 1)
[[ -n $mirror ]] || fail "No MySQL 9.7 here: apt is not set up with a mirror of Debian (/etc/apt)."

echo -n "Unpacking MySQL 9.7 from Debian sid (60 MB, about a minute) ... "
rm -rf "$tree" "$making"
mkdir -p "$making"/apt/{lists,cache,none}
# apt with a state of its own, in which no package is installed; mirror, proxy and login are those of this system.
touch "$making/apt/status"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [$([[ ! -f $keyring ]] || echo "signed-by=$keyring")] $mirror sid main" >"$making/apt/sources.list"
options=(
    -o Dir::State="$making/apt" -o Dir::State::status="$making/apt/status" -o Dir::Cache="$making/apt/cache"
    -o Dir::Etc::sourcelist="$making/apt/sources.list" -o Dir::Etc::sourceparts="$making/apt/none" -o Dir::Etc::preferencesparts="$making/apt/none"
    -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none)
unpack() {
    apt-get "${options[@]}" update &&
        apt-get "${options[@]}" install --yes --no-install-recommends --download-only mysql-server-core &&
        for package in "$making"/apt/cache/archives/*.deb; do dpkg-deb --extract "$package" "$making" || return; done
}
if ! unpack </dev/null >"$log" 2>&1; then
    echo "failed"
    tail -n 5 "$log" >&2
    fail "MySQL 9.7 could not be fetched: check the network and /etc/apt, then start again (the whole log: $log)."
fi
rm -rf "$making/apt"

# The server's own libraries, its own loader; nothing of this system. The caller's first option may have to stay first (--no-defaults).
cat >"$making/mysqld" <<'WRAPPER'
#!/usr/bin/env bash
root=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
libraries=$(printf '%s:' "$root"/usr/lib/*-linux-gnu)$root/usr/lib/mysql/private
exec "$root"/usr/lib*/ld-linux-*.so.? --library-path "$libraries" "$root/usr/sbin/mysqld" "$@" --basedir="$root/usr" --plugin-dir="$root/usr/lib/mysql/plugin" \
    --lc-messages-dir="$root/usr/share/mysql" --character-sets-dir="$root/usr/share/mysql/charsets"
WRAPPER
chmod +x "$making/mysqld"
version=$("$making/mysqld" --version 2>&1) || fail "The MySQL that Debian sid has does not start here: $version"
[[ $version == *' 9.7.'* ]] || fail "Debian sid has another MySQL by now, and the tests compare with 9.7: $version"
mv "$making" "$tree"
echo "$SECONDS s"
