#!/usr/bin/env bash
# Unpacks a MySQL 9.7 server from Debian sid with all its libraries below artifacts/mysql97, for the tests: nothing is
# installed, no package of this system changes. The server is then artifacts/mysql97/mysqld.
set -euo pipefail
cd "$(dirname "$0")/.."
tree=$PWD/artifacts/mysql97
making=$tree.making

fail() {
    echo "$1" >&2
    exit 1
}

# Ends with an error unless the tree is whole: it gets its name when everything in it is done.
"$tree/mysqld" --version >/dev/null 2>&1 && exit

echo -n "Unpacking MySQL 9.7 from Debian sid (60 MB, about a minute) ... "
if ! eng/debian-tree.sh sid "$making" mysql-server-core; then
    echo "failed"
    fail "So there is no MySQL 9.7 here."
fi

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
