using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Cloud;

/// <summary>
/// The script that makes what an environment needs in Google Cloud. Each step looks first and leaves alone what is there, so that the script can
/// run again after a fault; no value of a secret is printed or stands in the arguments of a process.
/// </summary>
internal static class GoogleCloudScript
{
    /// <summary>The script.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="manifests">All its manifests: their service accounts say which Google accounts there have to be.</param>
    public static string Of(DeployEnvironment environment, IEnumerable<Manifest> manifests)
    {
        var config = environment.Config;
        var hasControlPlane = config.Discovery.Scheduling == Scheduling.ControlPlane;
        var secrets = SecretPlan.Of(environment);
        var script = new StringBuilder(Head(environment));
        script.Append(Services(hasControlPlane)).Append(Network(config.DataHub.Database));
        if (config.Secrets.Source == SecretSource.ExternalSecrets)
        {
            script.Append(Secrets(secrets));
        }
        script.Append(Database(environment, secrets)).Append(Accounts(environment, secrets, manifests)).Append(Edge("datahub", environment));
        if (hasControlPlane)
        {
            script.Append(Edge("discovery", environment)).Append(Backup(environment));
        }
        return script.Append(Tail(environment, hasControlPlane)).ToString();
    }

    private static string Head(DeployEnvironment environment) =>
        $$"""
        #!/usr/bin/env bash
        # Makes what the environment '{{environment.Name}}' needs in Google Cloud. Read it before you run it.
        # Rendered by './discovery deploy render' from deploy.yml: change that file, and render again.
        #
        # It needs gcloud, logged in as somebody who may make all this, and openssl. What is there already is left alone, so it can run
        # again after a fault. It prints no secret. The cluster must be there, with Workload Identity and Dataplane V2.
        set -euo pipefail

        project={{environment.Config.Google.Project}}
        region={{environment.Config.Google.Region}}
        cluster={{environment.Config.Google.Cluster}}
        network={{environment.Config.Google.Network}}
        instance={{environment.Config.DataHub.Database.Instance}}
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


        """;

    private static string Services(bool hasControlPlane) =>
        $"""
        echo "== Services"
        gcloud services enable --project "$project" compute.googleapis.com container.googleapis.com iam.googleapis.com \
            secretmanager.googleapis.com servicenetworking.googleapis.com sqladmin.googleapis.com{(hasControlPlane ? " gkebackup.googleapis.com" : "")}


        """;

    private static string Network(DatabaseConfig database)
    {
        var range = database.Cidr.Split('/');
        return $"""
            echo "== Private services access: Cloud SQL gets an address in {database.Cidr}"
            peerings=$(gcloud services vpc-peerings list --network "$network" --project "$project" --format='value(network)')
            if [[ -n $peerings ]]; then
                echo "there   private services access of $network; see that {database.Cidr} is a range of it"
            else
                make "range {database.Cidr}" compute addresses describe google-managed-services --global \
                    -- compute addresses create google-managed-services --global --purpose=VPC_PEERING --addresses={range[0]} --prefix-length={range[1]} --network="$network"
                gcloud services vpc-peerings connect --service=servicenetworking.googleapis.com --ranges=google-managed-services --network="$network" --project="$project"
            fi


            """;
    }

    private static string Secrets(IReadOnlyList<PlannedSecret> secrets)
    {
        var script = new StringBuilder(
            """
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

            """);
        foreach (var key in secrets.SelectMany(secret => secret.Keys))
        {
            script.Append(CultureInfo.InvariantCulture, $"secret {key.RemoteName} {Quoted(key.Purpose)}{(key.Generator is { } generator ? " " + Quoted(generator) : "")}\n");
        }
        return script.Append('\n').ToString();
    }

    private static string Database(DeployEnvironment environment, IReadOnlyList<PlannedSecret> secrets)
    {
        var database = environment.Config.DataHub.Database;
        var script = new StringBuilder(
            $"""
            echo "== Cloud SQL"
            make "instance $instance (takes about ten minutes)" sql instances describe "$instance" \
                -- sql instances create "$instance" --region="$region" --database-version=MYSQL_8_4 --edition=enterprise --tier={database.Tier} \
                --availability-type={(database.HighAvailability ? "REGIONAL" : "ZONAL")} --storage-type=SSD --storage-auto-increase \
                --network="projects/$project/global/networks/$network" --no-assign-ip --ssl-mode=ENCRYPTED_ONLY \
                --backup-start-time=01:00 --enable-bin-log --retained-backups-count=30 --retained-transaction-log-days=7 \
                --maintenance-window-day=SUN --maintenance-window-hour=3 --deletion-protection
            # Urns are keys, and upper and lower case make a difference in them: hence utf8mb4_bin.
            make "database {database.Name}" sql databases describe {database.Name} --instance="$instance" \
                -- sql databases create {database.Name} --instance="$instance" --charset=utf8mb4 --collation=utf8mb4_bin


            """);
        if (environment.Config.Secrets.Source == SecretSource.Existing)
        {
            script.Append(CultureInfo.InvariantCulture, $"todo+=(\"the accounts of {SecretPlan.MySql} in $instance: the one of mysql-username, and {SecretPlan.MySqlAdministrator}\")\n\n");
            return script.ToString();
        }
        string Remote(SecretReference reference) => secrets.Single(secret => secret.Name == reference.Secret).Keys.Single(key => key.Key == reference.Key).RemoteName;
        script.Append(
            $$"""
            # account NAME SECRET: an account with the password of a secret, which gcloud reads from a pipe.
            account() {
                local password
                password=$(value "$2")
                make "account $1" sql users describe "$1" --instance="$instance" \
                    -- sql users create "$1" --instance="$instance" --flags-file=<(printf -- "--password: '%s'\n" "${password//\'/\'\'}")
            }
            account "$(value {{Remote(SecretPlan.MySqlUserName)}})" {{Remote(SecretPlan.MySqlPassword)}}
            account {{SecretPlan.MySqlAdministrator}} {{Remote(SecretPlan.MySqlRootPassword)}}


            """);
        return script.ToString();
    }

    private static string Accounts(DeployEnvironment environment, IReadOnlyList<PlannedSecret> secrets, IEnumerable<Manifest> manifests)
    {
        var script = new StringBuilder(
            """
            echo "== Service accounts"
            # identity ACCOUNT NAMESPACE NAME: the Kubernetes account NAMESPACE/NAME acts as the Google account.
            identity() {
                make "account $1" iam service-accounts describe "$1@$project.iam.gserviceaccount.com" -- iam service-accounts create "$1"
                gcloud iam service-accounts add-iam-policy-binding "$1@$project.iam.gserviceaccount.com" --role=roles/iam.workloadIdentityUser \
                    --member="serviceAccount:$project.svc.id.goog[$2/$3]" --condition=None --project="$project" --quiet >/dev/null
            }

            """);
        var accounts = manifests.Select(manifest => manifest.Body)
            .Where(body => (string?)body["kind"] == "ServiceAccount" && body["metadata"]!["annotations"]?[ServiceAccount.GoogleAnnotation] is not null)
            .Select(body => (Account: Account(body), Namespace: (string)body["metadata"]!["namespace"]!, Name: (string)body["metadata"]!["name"]!))
            .ToList();
        foreach (var (account, ns, name) in accounts)
        {
            script.Append(CultureInfo.InvariantCulture, $"identity {account} {ns} {name}\n");
        }
        foreach (var account in accounts.Select(account => account.Account).Distinct().Where(account => account is not null && !IsReader(account)))
        {
            script.Append(CultureInfo.InvariantCulture, $"gcloud projects add-iam-policy-binding \"$project\" --member=\"serviceAccount:{account}@$project.iam.gserviceaccount.com\" --role=roles/cloudsql.client --condition=None --quiet >/dev/null\n");
        }
        if (environment.Config.Secrets.Source == SecretSource.ExternalSecrets)
        {
            script.Append(
                """
                # reads ACCOUNT SECRET: this one secret, and no other of the project.
                reads() {
                    gcloud secrets add-iam-policy-binding "$2" --member="serviceAccount:$1@$project.iam.gserviceaccount.com" --role=roles/secretmanager.secretAccessor --condition=None --project="$project" --quiet >/dev/null
                }

                """);
            foreach (var secret in secrets)
            {
                var reader = environment.InGoogleCloud(secret.Namespace == environment.Config.DataHub.Namespace ? SecretManifests.DataHubReader : SecretManifests.DiscoveryReader);
                foreach (var key in secret.Keys)
                {
                    script.Append(CultureInfo.InvariantCulture, $"reads {reader} {key.RemoteName}\n");
                }
            }
        }
        return script.Append('\n').ToString();

        static string Account(JsonObject body)
        {
            var address = (string)body["metadata"]!["annotations"]![ServiceAccount.GoogleAnnotation]!;
            return address[..address.IndexOf('@', StringComparison.Ordinal)];
        }

        bool IsReader(string account) => account == environment.InGoogleCloud(SecretManifests.DataHubReader) || account == environment.InGoogleCloud(SecretManifests.DiscoveryReader);
    }

    private static string Edge(string name, DeployEnvironment environment)
    {
        var (address, policy) = (environment.InGoogleCloud(name), environment.InGoogleCloud($"{name}-tls"));
        return $"""
            echo "== Load balancer of {name}"
            make "address {address}" compute addresses describe {address} --global -- compute addresses create {address} --global
            make "TLS policy {policy}" compute ssl-policies describe {policy} --global -- compute ssl-policies create {policy} --global --profile=MODERN --min-tls-version=1.2


            """;
    }

    private static string Backup(DeployEnvironment environment)
    {
        var plan = environment.InGoogleCloud("discovery");
        return $"""
            echo "== Backup of the control plane's volume"
            if [[ $(gcloud container clusters describe "$cluster" --location="$region" --project="$project" --format='value(addonsConfig.gkeBackupAgentConfig.enabled)') != True ]]; then
                todo+=("backups are off in the cluster: gcloud container clusters update $cluster --location=$region --project=$project --update-addons=BackupRestore=ENABLED, then run this again")
            else
                make "backup plan {plan}" beta container backup-restore backup-plans describe {plan} --location="$region" \
                    -- beta container backup-restore backup-plans create {plan} --location="$region" --cluster="projects/$project/locations/$region/clusters/$cluster" \
                    --selected-namespaces={environment.Config.Discovery.Namespace} --include-volume-data --cron-schedule="30 1 * * *" --backup-retain-days=30
            fi


            """;
    }

    private static string Tail(DeployEnvironment environment, bool hasControlPlane)
    {
        var script = new StringBuilder("echo\necho \"Names to point at these addresses:\"\n");
        script.Append(Address("datahub", environment.Config.DataHub.Host));
        if (hasControlPlane)
        {
            script.Append(Address("discovery", environment.Config.Discovery.Api!.Host));
        }
        script.Append(
            """
            if ((${#todo[@]})); then
                echo "Still to do:"
                printf '  %s\n' "${todo[@]}"
            fi

            """);
        return script.ToString();

        string Address(string name, string host) =>
            $"echo \"  {host}  $(gcloud compute addresses describe {environment.InGoogleCloud(name)} --global --project=\"$project\" --format='value(address)')\"\n";
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
