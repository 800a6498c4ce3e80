#!/usr/bin/env bash
# eng/test-images/base/build.sh - makes the Docker image discovery-test/base:VERSION-ARCHITECTURE, which has the shape of mcr.microsoft.com/dotnet/aspnet's
# chiseled-extra images: libraries, time zones, certificates and the ASP.NET runtime, no shell and no package manager. It stands in for
# them where no image can be pulled. Its parts are Debian packages and the runtime of this machine. The last line is the image's name.
set -euo pipefail

# libmariadb3 serves the stand-in of MySqlConnector, the packages after it are what libmariadb3 needs.
packages=(base-files tzdata ca-certificates libc6 libgcc-s1 libstdc++6 libssl3 zlib1g libmariadb3 libzstd1)
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
version=$(find "$dotnet/shared/Microsoft.AspNetCore.App" -mindepth 1 -maxdepth 1 -name '10.*' -printf '%f\n' | sort -V | tail -n 1)
[[ -n $version ]] || {
    echo "No ASP.NET runtime 10 in $dotnet/shared. Install the .NET SDK 10." >&2
    exit 1
}
command -v apt-get >/dev/null || {
    echo "The base of the test images is made of Debian packages, and there is no apt-get here." >&2
    exit 1
}
image=discovery-test/base:$version-$(dpkg --print-architecture)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root
mkdir -p "$scratch/packages" "$root"/{etc/ssl/certs,home/app,tmp,usr/bin,usr/lib,usr/lib64,usr/share/dotnet/shared}
(cd "$scratch/packages" && apt-get -qq -o APT::Sandbox::User="$(id -un)" download "${packages[@]}")

# What else these packages bring (programs, documents, scripts of installation) stays out.
ln -s usr/lib "$root/lib"
ln -s usr/lib64 "$root/lib64"
for package in "$scratch"/packages/*.deb; do
    dpkg-deb --fsys-tarfile "$package" |
        tar --extract --directory "$root" --keep-directory-symlink --exclude='./bin' --exclude='./sbin' --exclude='./usr/bin' --exclude='./usr/sbin' --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/locale'
done
cat "$root"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
printf 'root:x:0:0:root:/root:/bin/false\napp:x:1654:1654::/home/app:/bin/false\n' >"$root/etc/passwd"
printf 'root:x:0:\napp:x:1654:\n' >"$root/etc/group"

cp -r "$dotnet/dotnet" "$dotnet/host" "$root/usr/share/dotnet/"
for framework in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
    mkdir "$root/usr/share/dotnet/shared/$framework"
    cp -r "$dotnet/shared/$framework/$version" "$root/usr/share/dotnet/shared/$framework/"
done
ln -s /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"
chmod 1777 "$root/tmp"

# The same settings as the public images have, entry point included.
tar --create --directory "$root" --owner 0 --group 0 . | docker import \
    --change 'ENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true' \
    --change "ENV DOTNET_VERSION=$version ASPNET_VERSION=$version PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
    --change 'USER 1654' --change 'ENTRYPOINT ["/usr/bin/dotnet"]' --change 'CMD ["--info"]' \
    - "$image" >/dev/null
echo "$image"
