#!/usr/bin/env bash
# Ends with one sentence unless the .NET SDK 10 is here.
sdks=$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -)
[[ " $sdks" == *' 10.'* ]] && exit
echo "Discovery needs the .NET SDK 10; on the PATH is ${sdks:-none}. Get it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
exit 1
