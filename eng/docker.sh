#!/usr/bin/env bash
# eng/docker.sh [--stop] - prints the address (DOCKER_HOST) of a Docker engine for the tests: of the one that answers already, else of
# one of ours below artifacts/docker, from Debian's packages, which is started and which --stop ends.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/artifacts/docker
socket=$folder/docker.sock
log=$folder/dockerd.log

fail() {
    echo "No Docker engine for the tests: $1" >&2
    exit 1
}

# A process id of an earlier start of the machine may be another program's now.
is_ours() { [[ -s $folder/pid ]] && tr '\0' ' ' 2>/dev/null <"/proc/$(<"$folder/pid")/cmdline" | grep -qF -- "--host unix://$socket "; }

answers() { timeout 10 docker "$@" version >/dev/null 2>&1; }

# Ends with the address of an engine that answers.
try_installed() {
    answers || return 0
    local host
    host=$(docker context inspect --format '{{.Endpoints.docker.Host}}')
    [[ $host == unix://* ]] || fail "The Docker engine is at $host, not on this machine; tests use none of others."
    echo "$host"
    exit
}
try_ours() {
    if answers --host "unix://$socket"; then
        echo "unix://$socket"
        exit
    fi
}

# Networks and file systems of containers may stay behind where the engine was killed.
remove() {
    if [[ -s $folder/bridge ]]; then ip link delete "$(<"$folder/bridge")" 2>/dev/null || true; fi
    sed -n "s|^[^ ]* \($folder/[^ ]*\) .*|\1|p" /proc/mounts | sort -r | while read -r mount; do umount "$mount" || true; done
    rm -rf "$folder/exec" "$folder/pid" "$folder/bridge" "$socket"
}

stop() {
    if is_ours; then
        id=$(<"$folder/pid")
        kill -TERM "$id"
        for _ in {1..150}; do
            is_ours || break
            sleep 0.2
        done
        ! is_ours || fail "ours does not end (process $id). End it with: kill -9 $id"
    fi
    [[ ! -d $folder ]] || remove
}

case ${1-} in
'') ;;
--stop)
    stop
    exit
    ;;
*)
    echo "Usage: eng/docker.sh [--stop]" >&2
    exit 2
    ;;
esac

try_installed
try_ours
[[ -z ${DOCKER_HOST-} ]] || fail "DOCKER_HOST is $DOCKER_HOST, where none answers."
[[ $(uname) == Linux && $(id -u) -eq 0 ]] || fail "none answers, and starting one takes Linux and root."
[[ ${#socket} -le 100 ]] || fail "the path of its socket would be too long ($socket)."

# The packages bring a service of the system, which is not to start: RUNLEVEL is what Debian's scripts ask.
RUNLEVEL=1 eng/packages.sh docker.io iproute2 </dev/null >&2 || fail "its packages could not be installed."
command -v docker >/dev/null || eng/packages.sh docker-cli </dev/null >&2 || fail "its client could not be installed."
try_installed

stop
mkdir -p "$folder"
# A bridge of our own, as docker0 may be another engine's, in the range that is set aside for measurements (RFC 2544).
for number in {0..15}; do
    if ip link add "discovery$number" type bridge 2>/dev/null; then
        echo "discovery$number" >"$folder/bridge"
        break
    fi
done
[[ -s $folder/bridge ]] || fail "no network bridge can be made here."
ip address add "198.18.$number.1/24" dev "discovery$number"
ip link set "discovery$number" up

# No rules for the system's packet filter, no forwarding: docker-proxy serves published ports, and containers reach nothing outside.
setsid dockerd --host "unix://$socket" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" --group root \
    --bridge "discovery$number" --iptables=false --ip-forward=false --ip-masq=false </dev/null >"$log" 2>&1 &
id=$!
for _ in {1..150}; do
    try_ours
    kill -0 "$id" 2>/dev/null || break
    sleep 0.2
done
kill -TERM "$id" 2>/dev/null || true
wait "$id" || true
reason=$(grep -E 'failed|error' "$log" | tail -n 1)
stop
fail "it did not start: ${reason:-no answer after 30 s} (the whole log: $log)."
