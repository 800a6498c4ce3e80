#!/usr/bin/env bash
# Installs DataHub's own client, which results are compared with, into artifacts/oracle-venv, where its packages stand beside the checkout.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
wheels=$root/../shared/oracle/wheels
[[ -d $wheels && ! -x artifacts/oracle-venv/bin/datahub ]] || exit 0
"$(command -v python3.11 || echo python3)" -c 'import ensurepip' 2>/dev/null || eng/packages.sh python3 python3-venv </dev/null || true
python=$(command -v python3.11 || command -v python3 || true)
echo "Installing the datahub client that results are compared with"
rm -rf artifacts/oracle-venv
mkdir -p artifacts
if ! { "$python" -m venv artifacts/oracle-venv &&
    artifacts/oracle-venv/bin/pip install --quiet --no-index --find-links "$wheels" 'acryl-datahub[datahub-rest,mysql]'; } >artifacts/oracle-venv.log 2>&1; then
    rm -rf artifacts/oracle-venv
    echo "It could not be installed (needs Python 3.11 with venv); see artifacts/oracle-venv.log"
fi
