#!/usr/bin/env bash
# Makes what the environment 'prod' needs in Google Cloud. Read it before you run it.
# Rendered by './discovery deploy render' from deploy.yml: change that file, and render again.
#
# It needs gcloud, logged in as somebody who may make all this, and openssl. What is there already is left alone, so it can run
# again after a fault. It prints no secret. The cluster must be there, with Workload Identity and Dataplane V2.
set -euo pipefail

project=example-prod
region=europe-west1
cluster=data-prod
network=default
instance=datahub-prod
todo=()

# make WHAT DESCRIBE... -- CREATE...: both are arguments of gcloud; CREATE runs where DESCRIBE finds nothing.
make() {
    local what=$1 describe=()
    shift
    while [[ $1 != -- ]]; do
        describe+=("$1")
        shift
    done
    shift
    if gcloud "${describe[@]}" --project "$project" --quiet >/dev/null 2>&1; then
        echo "there   $what"
    else
        echo "make    $what"
        gcloud "$@" --project "$project" --quiet
    fi
}

echo "== Services"
gcloud services enable --project "$project" compute.googleapis.com container.googleapis.com iam.googleapis.com \
    secretmanager.googleapis.com servicenetworking.googleapis.com sqladmin.googleapis.com gkebackup.googleapis.com

echo "== Private services access: Cloud SQL gets an address in 10.20.0.0/24"
peerings=$(gcloud services vpc-peerings list --network "$network" --project "$project" --format='value(network)')
if [[ -n $peerings ]]; then
    echo "there   private services access of $network; see that 10.20.0.0/24 is a range of it"
else
    make "range 10.20.0.0/24" compute addresses describe google-managed-services --global \
        -- compute addresses create google-managed-services --global --purpose=VPC_PEERING --addresses=10.20.0.0 --prefix-length=24 --network="$network"
    gcloud services vpc-peerings connect --service=servicenetworking.googleapis.com --ranges=google-managed-services --network="$network" --project="$project"
fi

echo "== Secrets"
# value NAME: prints the newest value; only ever into a pipe or a variable.
value() {
    gcloud secrets versions access latest --secret="$1" --project="$project"
}
# secret NAME PURPOSE [COMMAND]: COMMAND prints a new value; without it, whoever sits at the terminal is asked.
secret() {
    local name=$1 purpose=$2 answer= versions
    make "secret $name" secrets describe "$name" -- secrets create "$name" --replication-policy=user-managed --locations="$region"
    # By itself, so that a fault ends the script: taken for "none", it would replace a key that is in use.
    versions=$(gcloud secrets versions list "$name" --limit=1 --format='value(name)' --project="$project")
    if [[ -n $versions ]]; then
        # Also one that is disabled: that is somebody's decision.
        return
    elif [[ $# -gt 2 ]]; then
        answer=$(eval "$3")
    elif [[ -t 0 ]]; then
        read -rsp "        $purpose (not shown; empty to give it later): " answer
        echo
    fi
    if [[ -n $answer ]]; then
        printf %s "$answer" | gcloud secrets versions add "$name" --data-file=- --project="$project" >/dev/null
    else
        todo+=("secret $name has no value yet: $purpose")
    fi
}
secret prod-mysql-secrets-mysql-username 'name of DataHub'\''s account in Cloud SQL' 'printf datahub'
secret prod-mysql-secrets-mysql-password 'password of DataHub'\''s account in Cloud SQL' 'openssl rand -base64 32'
secret prod-mysql-secrets-mysql-root-password 'password of the account datahub_admin, which creates and changes DataHub'\''s tables' 'openssl rand -base64 32'
secret prod-datahub-auth-secrets-system_client_secret 'what DataHub'\''s services show to each other' 'openssl rand -base64 32'
secret prod-datahub-auth-secrets-token_service_signing_key 'signs access tokens; a new one ends all of them' 'openssl rand -base64 32'
secret prod-datahub-auth-secrets-token_service_salt 'salt of access tokens; a new one ends all of them' 'openssl rand -base64 32'
secret prod-datahub-encryption-secrets-encryption_key_secret 'encrypts secrets that people store in DataHub; a new one makes them unreadable' 'openssl rand -base64 32'
secret prod-datahub-frontend-secrets-play-secret 'signs the frontend'\''s sessions' 'openssl rand -base64 48'
secret prod-datahub-frontend-secrets-oidc-client-secret 'secret of the client datahub at https://login.example.com/realms/data'
secret prod-opensearch-secrets-password 'password of the account datahub at OpenSearch'
secret prod-discovery-worker-secrets-token 'what workers show to the control plane' 'printf dsc_; openssl rand -base64 32 | tr '\''+/'\'' '\''-_'\'' | tr -d '\''='\'''
secret prod-discovery-api-secrets-tokens 'who may call the control plane with a token: a name, a role and a SHA-256 a line' 'token=$(value prod-discovery-worker-secrets-token) && printf '\''workers worker %s'\'' "$(printf %s "$token" | sha256sum | cut -d'\'' '\'' -f1)"'
secret prod-discovery-api-secrets-oidc-client-secret 'secret of the client discovery at https://login.example.com/realms/data'
secret datahub-gms-token 'the variable DATAHUB_GMS_TOKEN of recipes'
secret payments-mysql-password 'the variable PAYMENTS_MYSQL_PASSWORD of recipes'
secret shop-mysql-password 'the variable SHOP_MYSQL_PASSWORD of recipes'

echo "== Cloud SQL"
make "instance $instance (takes about ten minutes)" sql instances describe "$instance" \
    -- sql instances create "$instance" --region="$region" --database-version=MYSQL_8_4 --edition=enterprise --tier=db-custom-4-15360 \
    --availability-type=REGIONAL --storage-type=SSD --storage-auto-increase \
    --network="projects/$project/global/networks/$network" --no-assign-ip --ssl-mode=ENCRYPTED_ONLY \
    --backup-start-time=01:00 --enable-bin-log --retained-backups-count=30 --retained-transaction-log-days=7 \
    --maintenance-window-day=SUN --maintenance-window-hour=3 --deletion-protection
# Urns are keys, and upper and lower case make a difference in them: hence utf8mb4_bin.
make "database datahub" sql databases describe datahub --instance="$instance" \
    -- sql databases create datahub --instance="$instance" --charset=utf8mb4 --collation=utf8mb4_bin

# account NAME SECRET: an account with the password of a secret, which gcloud reads from a pipe.
account() {
    local password
    password=$(value "$2")
    make "account $1" sql users describe "$1" --instance="$instance" \
        -- sql users create "$1" --instance="$instance" --flags-file=<(printf -- "--password: '%s'\n" "${password//\'/\'\'}")
}
account "$(value prod-mysql-secrets-mysql-username)" prod-mysql-secrets-mysql-password
account datahub_admin prod-mysql-secrets-mysql-root-password

echo "== Service accounts"
# identity ACCOUNT NAMESPACE NAME: the Kubernetes account NAMESPACE/NAME acts as the Google account.
identity() {
    make "account $1" iam service-accounts describe "$1@$project.iam.gserviceaccount.com" -- iam service-accounts create "$1"
    gcloud iam service-accounts add-iam-policy-binding "$1@$project.iam.gserviceaccount.com" --role=roles/iam.workloadIdentityUser \
        --member="serviceAccount:$project.svc.id.goog[$2/$3]" --condition=None --project="$project" --quiet >/dev/null
}
identity datahub-secrets-prod datahub external-secrets-reader
identity discovery-secrets-prod discovery external-secrets-reader
identity datahub-prod datahub datahub-app-sa
identity datahub-jobs-prod datahub datahub-jobs-sa
gcloud projects add-iam-policy-binding "$project" --member="serviceAccount:datahub-prod@$project.iam.gserviceaccount.com" --role=roles/cloudsql.client --condition=None --quiet >/dev/null
gcloud projects add-iam-policy-binding "$project" --member="serviceAccount:datahub-jobs-prod@$project.iam.gserviceaccount.com" --role=roles/cloudsql.client --condition=None --quiet >/dev/null
# reads ACCOUNT SECRET: this one secret, and no other of the project.
reads() {
    gcloud secrets add-iam-policy-binding "$2" --member="serviceAccount:$1@$project.iam.gserviceaccount.com" --role=roles/secretmanager.secretAccessor --condition=None --project="$project" --quiet >/dev/null
}
reads datahub-secrets-prod prod-mysql-secrets-mysql-username
reads datahub-secrets-prod prod-mysql-secrets-mysql-password
reads datahub-secrets-prod prod-mysql-secrets-mysql-root-password
reads datahub-secrets-prod prod-datahub-auth-secrets-system_client_secret
reads datahub-secrets-prod prod-datahub-auth-secrets-token_service_signing_key
reads datahub-secrets-prod prod-datahub-auth-secrets-token_service_salt
reads datahub-secrets-prod prod-datahub-encryption-secrets-encryption_key_secret
reads datahub-secrets-prod prod-datahub-frontend-secrets-play-secret
reads datahub-secrets-prod prod-datahub-frontend-secrets-oidc-client-secret
reads datahub-secrets-prod prod-opensearch-secrets-password
reads discovery-secrets-prod prod-discovery-worker-secrets-token
reads discovery-secrets-prod prod-discovery-api-secrets-tokens
reads discovery-secrets-prod prod-discovery-api-secrets-oidc-client-secret
reads discovery-secrets-prod datahub-gms-token
reads discovery-secrets-prod payments-mysql-password
reads discovery-secrets-prod shop-mysql-password

echo "== Load balancer of datahub"
make "address datahub-prod" compute addresses describe datahub-prod --global -- compute addresses create datahub-prod --global
make "TLS policy datahub-tls-prod" compute ssl-policies describe datahub-tls-prod --global -- compute ssl-policies create datahub-tls-prod --global --profile=MODERN --min-tls-version=1.2

echo "== Load balancer of discovery"
make "address discovery-prod" compute addresses describe discovery-prod --global -- compute addresses create discovery-prod --global
make "TLS policy discovery-tls-prod" compute ssl-policies describe discovery-tls-prod --global -- compute ssl-policies create discovery-tls-prod --global --profile=MODERN --min-tls-version=1.2

echo "== Backup of the control plane's volume"
if [[ $(gcloud container clusters describe "$cluster" --location="$region" --project="$project" --format='value(addonsConfig.gkeBackupAgentConfig.enabled)') != True ]]; then
    todo+=("backups are off in the cluster: gcloud container clusters update $cluster --location=$region --project=$project --update-addons=BackupRestore=ENABLED, then run this again")
else
    make "backup plan discovery-prod" beta container backup-restore backup-plans describe discovery-prod --location="$region" \
        -- beta container backup-restore backup-plans create discovery-prod --location="$region" --cluster="projects/$project/locations/$region/clusters/$cluster" \
        --selected-namespaces=discovery --include-volume-data --cron-schedule="30 1 * * *" --backup-retain-days=30
fi

echo
echo "Names to point at these addresses:"
echo "  datahub.example.com  $(gcloud compute addresses describe datahub-prod --global --project="$project" --format='value(address)')"
echo "  discovery.example.com  $(gcloud compute addresses describe discovery-prod --global --project="$project" --format='value(address)')"
if ((${#todo[@]})); then
    echo "Still to do:"
    printf '  %s\n' "${todo[@]}"
fi
