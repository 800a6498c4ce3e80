#!/usr/bin/env bash
# Finds out by a real restore which of the declared packages the package feed lacks, and writes artifacts/feed.props, which lets the
# stand-ins of eng/standins take their place, and leaves AppHost out where Aspire is missing. The answer is kept until the feed's configuration or the declared packages change.
#
#   eng/feed.sh          finds out, or uses the answer kept, and prints the profile
#   eng/feed.sh --drop   forgets the answer; for when a restore fails
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts=$root/artifacts
props=$artifacts/feed.props
key=$artifacts/feed.key
probe=$artifacts/feed-probe

fail() {
    echo "$1" >&2
    exit 1
}

# What decides where packages come from: every nuget.config that applies here, and NuGet's environment variables.
configuration_key() {
    local folder=$root
    {
        while [ "$folder" != / ]; do
            cat "$folder"/[Nn]u[Gg]et.[Cc]onfig 2>/dev/null || true
            folder=$(dirname "$folder")
        done
        cat ~/.nuget/NuGet/NuGet.Config ~/.config/NuGet/config/*.config /etc/opt/NuGet/Config/*.config 2>/dev/null || true
        env | grep -E '^(NUGET_|RestoreSources=|https?_proxy=|HTTPS?_PROXY=)' | sort || true
        cat "$root/Directory.Packages.props" "${BASH_SOURCE[0]}"
        ls "$root/eng/standins"
    } | sha256sum | cut -d ' ' -f 1
}

# Prints the ids of the packages that cannot be restored, one a line.
missing_packages() {
    mkdir -p "$probe"
    # Nothing of this repository but the list of packages applies to the probe.
    echo '<Project />' | tee "$probe/Directory.Build.props" > "$probe/Directory.Build.targets"
    cat > "$probe/probe.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="@(PackageVersion)" />
  </ItemGroup>
</Project>
PROJECT
    if DOTNET_CLI_UI_LANGUAGE=en dotnet restore "$probe/probe.csproj" --tl:off > "$probe/restore.log" 2>&1; then
        return
    fi

    # error NU1101: Unable to find package MySqlConnector. No packages exist with this id in source(s): ...
    # error NU1102: Unable to find package MySqlConnector with version (>= 2.6.1)
    local missing
    missing=$(sed -nE 's/.*error NU110[123]: Unable to find (a stable )?package ([A-Za-z0-9_.-]*[A-Za-z0-9_-]).*/\2/p' "$probe/restore.log" | sort -u)
    if grep -q 'error NU1301' "$probe/restore.log"; then
        fail "The package feed cannot be reached or refuses the login (see ${probe#"$PWD"/}/restore.log). Connect to the network, or add a feed that can be reached with 'dotnet nuget add source'."
    fi

    [ -n "$missing" ] || fail "The probe of the package feed failed: $(grep -m 1 'error' "$probe/restore.log" || head -n 2 "$probe/restore.log") (the whole log: $probe/restore.log)"
    echo "$missing"
}

write_props() {
    cat > "$props.new" <<PROPS
<Project>
  <PropertyGroup>
    <FeedProfile>$1</FeedProfile>
    <MissingPackages>$2</MissingPackages>
    <AppHostIsLeftOut>$3</AppHostIsLeftOut>
  </PropertyGroup>
</Project>
PROPS
    # An unchanged file keeps its time, so that nothing is built again.
    if cmp -s "$props.new" "$props"; then
        rm "$props.new"
    else
        mv "$props.new" "$props"
    fi
}

print_profile() {
    local missing
    missing=$(sed -nE 's/.*<MissingPackages>(.*)<.*/\1/p' "$props")
    case "$missing" in
        '') echo "Package feed: $(sed -nE 's/.*<FeedProfile>(.*)<.*/\1/p' "$props") profile" ;;
        *\;*) echo "Package feed: restricted profile; ${missing//;/, } are replaced by eng/standins (see docs/feed-profiles.md)" ;;
        *) echo "Package feed: restricted profile; $missing is replaced by eng/standins (see docs/feed-profiles.md)" ;;
    esac
    ! grep -q '<AppHostIsLeftOut>true<' "$props" || echo "Package feed: it lacks Aspire, so AppHost and its tests are left out; ./discovery up runs the platform without containers"
}

case "${1:-}" in
    --drop)
        rm -rf "$key" "$props" "$probe"
        exit
        ;;
    '') ;;
    *) fail "usage: eng/feed.sh [--drop]" ;;
esac

mkdir -p "$artifacts"
current=$(configuration_key)
if [ ! -f "$props" ] || [ "$(cat "$key" 2>/dev/null)" != "$current" ]; then
    "$root/eng/ready.sh"
    rm -f "$key"
    missing=$(missing_packages)
    left_out=false
    if grep -q '^Aspire\.' <<<"$missing"; then
        left_out=true
        missing=$(grep -v '^Aspire\.' <<<"$missing" || true)
    fi
    for package in $missing; do
        [ -d "$root/eng/standins/$package" ] || fail "The package feed lacks $package, and eng/standins has no stand-in for it. Add a feed that has it with 'dotnet nuget add source'."
    done
    write_props "$([ -n "$missing" ] || $left_out && echo restricted || echo complete)" "$(echo "$missing" | paste -sd ';')" $left_out
    echo "$current" > "$key"
fi
print_profile
