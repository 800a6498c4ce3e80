#!/usr/bin/env bash
# ./discovery test [--all] - what CI runs; --all adds the tests that take long. The last line is the sum.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
results=artifacts/test-results
filter=(--filter 'Category!=Long')
images=(mariadb:10.11)
case ${1-} in
--all)
    filter=()
    images+=(mariadb:11.8 mysql:8.4 mysql:9.7)
    ;;
'') ;;
*)
    echo "Usage: ./discovery test [--all]" >&2
    exit 2
    ;;
esac

eng/ready.sh

# What is missing here makes the tests that need it skip, with the reason.
eng/packages.sh mariadb-server-core mariadb-client-core libmariadb3 </dev/null || true
[[ -x /usr/bin/chromium ]] || eng/packages.sh chromium </dev/null || true
[[ ${1-} != --all ]] || eng/mysql97.sh || true
eng/oracle.sh
# Containers get ready while the build runs.
docker --host "unix://$root/artifacts/docker/docker.sock" version >/dev/null 2>&1 || trap '{ wait "$containers" || true; eng/docker.sh --stop; } >>artifacts/containers.log 2>&1' EXIT
{
    if eng/docker.sh >artifacts/docker-host; then
        DOCKER_HOST=$(<artifacts/docker-host) eng/test-images/get.sh "${images[@]}"
    fi
} </dev/null >artifacts/containers.log 2>&1 &
containers=$!

eng/feed.sh
echo "Building"
# The last property: a project that the solution does not list (a stand-in) would be built as Debug.
if ! dotnet build Discovery.sln -c Release --nologo --disable-build-servers -p:ShouldUnsetParentConfigurationAndPlatform=false >artifacts/test-build.log 2>&1; then
    cat artifacts/test-build.log
    echo "0 passed, 1 failed"
    exit 1
fi

wait "$containers" || true
cat artifacts/containers.log
if [[ -s artifacts/docker-host ]]; then
    DOCKER_HOST=$(<artifacts/docker-host)
    export DOCKER_HOST
fi

rm -rf "$results"
mkdir -p "$results"
# Tests send Ctrl-C to programs, which ignore it where this script was started in the background.
unignore=(env --default-signal=INT)
"${unignore[@]}" true 2>/dev/null || unignore=(env)
broken=0
for project in tests/*.Tests; do
    name=$(basename "$project")
    # eng/feed.sh said why.
    [[ $name != AppHost.Tests ]] || grep -q '<AppHostIsLeftOut>false<' artifacts/feed.props || continue
    status=0
    "${unignore[@]}" dotnet test "$project" -c Release --no-build --nologo "${filter[@]}" --logger "trx;LogFileName=$name.trx" --results-directory "$results" || status=$?
    # A test host that crashed, or found nothing to run, shows in no count.
    if [[ ! -f $results/$name.trx ]] || { [[ $status -ne 0 ]] && ! grep -q 'outcome="Failed"' "$results/$name.trx"; }; then
        echo "$name ended with exit code $status and without naming a failed test"
        broken=$((broken + 1))
    fi
done

# <Counters total="16" executed="15" passed="15" failed="0" .../>
count() { find "$results" -name '*.trx' -exec cat {} + | sed -n "s/.*<Counters.* $1=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count passed)
failed=$(($(count failed) + $(count error) + $(count timeout) + $(count aborted) + broken))
skipped=$(($(count total) - $(count executed)))

if [[ $skipped -gt 0 ]]; then
    echo
    echo "Skipped:"
    # <UnitTestResult ... testName="A.B" ... outcome="NotExecuted" ...> ... <Message>why</Message>
    cat "$results"/*.trx | awk '
        /<UnitTestResult / { name = ""; if (/outcome="NotExecuted"/) { name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name) } }
        name != "" && /<(Message|StdOut)>/ { why = $0; gsub(/.*<(Message|StdOut)>|<\/(Message|StdOut)>.*/, "", why); print "  " why " - " name; name = "" }
    ' | sort | sed -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g'
fi
echo
if [[ $skipped -gt 0 ]]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[[ $failed -eq 0 && $passed -gt 0 ]]
