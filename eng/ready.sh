#!/usr/bin/env bash
# Ends with one sentence unless the .NET SDK 10 is here and the folder artifacts can be written.
root=$(cd "$(dirname "$0")/.." && pwd)
sdks=$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -)
if [[ " $sdks" != *' 10.'* ]]; then
    echo "Discovery needs the .NET SDK 10; on the PATH is ${sdks:-none}. Get it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
fi
if ! mkdir -p "$root/artifacts" 2>/dev/null || ! [[ -w $root/artifacts ]]; then
    echo "Discovery builds in $root/artifacts, which cannot be written. Make it writable for this user, or use a checkout of your own." >&2
    exit 1
fi
