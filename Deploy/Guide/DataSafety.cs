using Discovery.Deploy.Input;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Guide;

/// <summary>How to see that data is stored safely and can be had back.</summary>
internal static class DataSafety
{
    /// <summary>The chapter of one environment, Markdown.</summary>
    public static string Of(DeployEnvironment environment)
    {
        var config = environment.Config;
        var (project, region, instance, database) = (config.Google.Project, config.Google.Region, config.DataHub.Database.Instance, config.DataHub.Database.Name);
        var text = $"""
            ## {environment.Name}: is the data safe?

            All that people and recipes put into DataHub is in one table of Cloud SQL, `{database}.metadata_aspect_v2`. Search, graph and Kafka are made from it and can be lost.

            **The instance** ({(config.DataHub.Database.HighAvailability ? "a standby in a second zone" : "no standby: `high_availability` is off")}):

            ```
            gcloud sql instances describe {instance} --project {project} --format='yaml(settings.availabilityType,settings.backupConfiguration,settings.deletionProtectionEnabled,settings.ipConfiguration.sslMode,settings.ipConfiguration.ipv4Enabled)'
            gcloud sql backups list --instance {instance} --project {project} --limit 5
            ```

            It says {(config.DataHub.Database.HighAvailability ? "`REGIONAL`" : "`ZONAL`")}, `enabled: true` and `binaryLogEnabled: true` (that is point-in-time recovery, to the second, over seven days), `deletionProtectionEnabled: true`, `ENCRYPTED_ONLY`, `ipv4Enabled: false`, and a backup of last night.

            **The rows**, in Cloud SQL Studio:

            ```sql
            -- what is known, by kind, and when it was written last
            SELECT aspect, COUNT(*) AS entities, MAX(createdon) AS newest FROM metadata_aspect_v2 WHERE version = 0 GROUP BY aspect ORDER BY entities DESC LIMIT 20;
            -- urns differ by case: utf8mb4_bin
            SELECT column_name, collation_name FROM information_schema.columns WHERE table_schema = '{database}' AND table_name = 'metadata_aspect_v2' AND column_name = 'urn';
            -- nobody but DataHub
            SELECT user, host FROM mysql.user WHERE user NOT LIKE 'mysql.%' AND user NOT LIKE 'cloudsql%';
            ```

            **A drill**, each quarter: a copy of the database as it was an hour ago, beside the real one, which it does not touch.

            ```
            gcloud sql instances clone {instance} {instance}-drill --project {project} --point-in-time "$(date -u -d '1 hour ago' +%FT%TZ)"
            # in Cloud SQL Studio, in both: the first query above. The counts differ by what an hour brought, and by no more.
            gcloud sql instances patch {instance}-drill --project {project} --no-deletion-protection
            gcloud sql instances delete {instance}-drill --project {project}
            ```

            **In earnest**: clone to the last good second, put the clone's name into `datahub.database.instance`{(config.DataHub.Database.Connection == DatabaseConnection.PrivateIp ? " and its address into `datahub.database.address`" : "")}, render, commit. Then make search and graph anew from it, with a token of an administrator, from a pod that may reach the metadata service:

            ```
            curl -H "Authorization: Bearer $TOKEN" '{environment.GmsUrl}/openapi/operations/elasticSearch/restoreIndices?start=0&limit=1000000&batchSize=1000'
            ```


            """;
        if (config.Discovery.Scheduling != Scheduling.ControlPlane)
        {
            return text;
        }
        var plan = environment.InGoogleCloud("discovery");
        return text + $"""
            **The control plane** keeps runs, logs and differences on the volume of `discovery-api`. Recipes are in Git and metadata in DataHub: what is lost with the volume is the history. Backup for GKE copies it each night:

            ```
            gcloud beta container backup-restore backups list --backup-plan {plan} --location {region} --project {project}
            ```

            **A drill**: restore last night's copy in a spare cluster, where nothing is overwritten. Secrets are not in it, so make one there that lets the pod start. That `discovery-api` becomes ready says that its store opens.

            ```
            gcloud container clusters create-auto discovery-drill --project {project} --location {region}
            gcloud beta container backup-restore restore-plans create discovery-drill --project {project} --location {region} \
                --cluster projects/{project}/locations/{region}/clusters/discovery-drill \
                --backup-plan projects/{project}/locations/{region}/backupPlans/{plan} --selected-namespaces {config.Discovery.Namespace} \
                --volume-data-restore-policy restore-volume-data-from-backup --namespaced-resource-restore-mode fail-on-conflict
            gcloud beta container backup-restore restores create drill --project {project} --location {region} --restore-plan discovery-drill \
                --backup projects/{project}/locations/{region}/backupPlans/{plan}/backups/BACKUP
            kubectl -n {config.Discovery.Namespace} create secret generic {SecretPlan.ApiTokens.Secret} --from-literal={SecretPlan.ApiTokens.Key}= --from-literal={SecretPlan.DiscoveryOidcSecret.Key}=drill
            kubectl -n {config.Discovery.Namespace} get pods --watch
            gcloud container clusters delete discovery-drill --project {project} --location {region}
            ```

            The restore reports the kinds that the spare cluster does not know, such as ExternalSecret; the drill does not need them. In earnest, restore into the real cluster in the same way with
            `--namespaced-resource-restore-mode delete-and-restore`, after turning Argo CD's automated sync of `discovery` off.


            """;
    }
}
