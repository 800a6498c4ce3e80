#!/usr/bin/env bash
# eng/test-images/build.sh mariadb-10.11|mariadb-11.8|mysql-9.7 - builds the image discovery-test/mariadb:10.11 (and so on) from
# Debian packages, where it is not there yet, for machines that can pull no image. Needs a Docker engine and a mirror of Debian.
set -euo pipefail
umask 022
cd "$(dirname "$0")/../.."
folder=eng/test-images

fail() {
    echo "$1" >&2
    exit 1
}

case ${1-} in
mariadb-10.11) suite=bookworm packages=(mariadb-server-core mariadb-client-core) ;;
mariadb-11.8) suite=trixie packages=(mariadb-server-core mariadb-client-core) ;;
mysql-9.7) suite=sid packages=(mysql-server-core mysql-client-core) ;;
*) fail "Usage: eng/test-images/build.sh mariadb-10.11|mariadb-11.8|mysql-9.7" ;;
esac
image=discovery-test/${1/-/:}
sources=$(cat "$folder/build.sh" "$folder/entrypoint" eng/debian-tree.sh | sha256sum | cut -d' ' -f1)

built=$(docker image inspect --format '{{ index .Config.Labels "discovery.test-image" }}' "$image" 2>/dev/null || true)
[[ $built != "$sources" ]] || exit 0

echo -n "Building the image $image from Debian $suite ... "
mkdir -p artifacts
tree=$PWD/artifacts/test-image-$1
trap 'rm -rf "$tree"' EXIT
if ! eng/debian-tree.sh "$suite" "$tree" "${packages[@]}" bash coreutils findutils grep gzip sed util-linux; then
    fail "So there is no image $image here."
fi

# What the scripts of the packages would have made.
rm -rf "$tree"/usr/share/{doc,info,locale,man,perl,perl5,bash-completion} "$tree"/usr/lib/*/perl* "$tree/etc/mysql"
[[ -e $tree/bin/sh ]] || ln -s bash "$tree/bin/sh"
[[ -e $tree/var/run ]] || ln -s /run "$tree/var/run"
printf '%s\n' root:x:0:0:root:/root:/bin/bash mysql:x:999:999::/var/lib/mysql:/bin/false >"$tree/etc/passwd"
printf '%s\n' root:x:0: mysql:x:999: >"$tree/etc/group"
mkdir -p "$tree"/{docker-entrypoint-initdb.d,etc/mysql,run/mysqld,usr/local/bin,var/lib/mysql,var/log/mysql}
# Whoever the container runs as.
chmod 1777 "$tree"/{tmp,run/mysqld,var/lib/mysql}
cat >"$tree/etc/mysql/my.cnf" <<'CNF'
# The defaults of the public images: no look-up of the names of clients, one folder for the socket.
[mysqld]
skip-name-resolve
socket=/run/mysqld/mysqld.sock
pid-file=/run/mysqld/mysqld.pid
[client]
socket=/run/mysqld/mysqld.sock
CNF
install -m 0755 "$folder/entrypoint" "$tree/usr/local/bin/docker-entrypoint.sh"

server=mariadbd
if [[ $1 == mysql-* ]]; then
    server=mysqld
    # Debian's own, another folder, is made by a package that is not here.
    sed -i '/^pid-file/a secure-file-priv=NULL' "$tree/etc/mysql/my.cnf"
fi
changes=(
    --change 'ENTRYPOINT ["docker-entrypoint.sh"]' --change "CMD [\"$server\"]" --change 'EXPOSE 3306' --change 'VOLUME /var/lib/mysql'
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' --change "LABEL discovery.test-image=$sources")
replaced=$(docker image inspect --format '{{ .Id }}' "$image" 2>/dev/null || true)
id=$(tar -C "$tree" --owner=0 --group=0 --numeric-owner -c . | docker import "${changes[@]}" - "$image")
echo "$id" >>artifacts/test-images
# Stays where a container runs on it.
[[ -z $replaced ]] || docker image rm "$replaced" >/dev/null 2>&1 || true
echo "$SECONDS s"
