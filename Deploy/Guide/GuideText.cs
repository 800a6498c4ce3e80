using System.Globalization;
using System.Text;
using Discovery.Deploy.Input;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Guide;

/// <summary>The <c>README.md</c> of the output: what to run, in which order, and how to see that it is well.</summary>
internal static class GuideText
{
    /// <summary>The text, Markdown.</summary>
    public static string Of(IReadOnlyList<DeployEnvironment> environments)
    {
        var text = new StringBuilder(Head(environments));
        text.Append(Cluster(environments));
        foreach (var environment in environments)
        {
            text.Append(FirstTime(environment));
        }
        text.Append(Changes);
        foreach (var environment in environments)
        {
            text.Append(DataSafety.Of(environment));
        }
        return text.ToString();
    }

    private static string Head(IReadOnlyList<DeployEnvironment> environments)
    {
        var text = new StringBuilder(
            """
            # DataHub and Discovery on GKE

            Rendered by `./discovery deploy render` from `deploy.yml`: change that file, and render again. Commit this folder as it is; it holds no secret.

            | environment | Google Cloud | DataHub | what runs recipes |
            | --- | --- | --- | --- |

            """);
        foreach (var environment in environments)
        {
            var config = environment.Config;
            var runs = config.Discovery.Scheduling switch
            {
                Scheduling.ControlPlane => $"the control plane, https://{config.Discovery.Api!.Host}",
                Scheduling.CronJob => "a CronJob for each recipe with a schedule",
                _ => "an Airflow DAG for each recipe with a schedule",
            };
            text.Append(CultureInfo.InvariantCulture, $"| [{environment.Name}](#{environment.Name}-the-first-time) | {config.Google.Project}, {config.Google.Region}, cluster {config.Google.Cluster} | https://{config.DataHub.Host} | {runs} |\n");
        }
        text.Append(
            """

            | in the folder of an environment | what it is | wave |
            | --- | --- | --- |
            | `google-cloud.sh` | makes database, accounts, secrets, addresses and backups; run by a person | |
            | `argocd/bootstrap.yaml` | the projects and the first application; applied by a person, once | |
            | `argocd/applications/` | the applications that the first one makes | |
            | `secrets/` | namespaces, and what fetches secrets | 0 |
            | `infrastructure/` | accounts, edge, disruption budgets and network policies of DataHub | 10 |
            | `prerequisites/` | values of the chart datahub-prerequisites, where Kafka or OpenSearch run in the cluster | 15 |
            | `datahub/` | values of the chart datahub | 20 |
            | `discovery/` | what runs recipes | 30 |
            | `airflow/dags/` | DAGs, for the folder that your Airflow reads; Argo CD leaves them alone | |


            """);
        return text.ToString();
    }

    private static string Cluster(IReadOnlyList<DeployEnvironment> environments)
    {
        var argoCd = environments[0].Config.GitOps.ArgoCdNamespace;
        var several = environments.All(environment => environment.Config.GitOps.IsArgoCdInCluster)
            ? ""
            : $"| an Argo CD of another cluster that knows this one (`argocd cluster add`) and tracks by annotation | its applications have the environment in front of their names; tracking by label would write these over the charts' own labels | `kubectl -n {argoCd} get cm argocd-cm -o jsonpath='{{.data.application\\.resourceTrackingMethod}}'` says `annotation`, or nothing from Argo CD 3 on |\n";
        return $$"""
            ## What each cluster needs

            | what | why | how to see it |
            | --- | --- | --- |
            | GKE 1.33 or newer, Workload Identity | sidecars that a Job can end with; pods as Google accounts | `gcloud container clusters describe CLUSTER --format='value(currentMasterVersion,workloadIdentityConfig.workloadPool)'` |
            | Dataplane V2 | without it network policies are accepted and do nothing | `... --format='value(networkConfig.datapathProvider)'` says `ADVANCED_DATAPATH` |
            | External Secrets operator that serves `external-secrets.io/v1` | fetches secrets | `kubectl get crd externalsecrets.external-secrets.io -o jsonpath='{.spec.versions[*].name}'` |
            | Argo CD 2.14 or newer | applications with several sources; a certificate that waits for its Ingress, and a token that is made in DataHub, do not hold up what comes after them | `kubectl -n {{argoCd}} get deploy argocd-server -o jsonpath='{..image}'` |
            {{several}}| nodes that may pull the images of `discovery.images` | | `roles/artifactregistry.reader` for the account of the nodes |

            Argo CD does not look at the health of applications unless it is told to, and then an application of a later wave does not wait for one of an earlier wave. Tell it, once, with this entry in the
            ConfigMap `argocd-cm`; without it everything becomes healthy too, after some failed tries:

            ```yaml
            resource.customizations.health.argoproj.io_Application: |
              hs = {status = "Progressing", message = ""}
              if obj.status ~= nil and obj.status.health ~= nil then
                hs.status = obj.status.health.status
                hs.message = obj.status.health.message or ""
              end
              return hs
            ```


            """;
    }

    private static string FirstTime(DeployEnvironment environment)
    {
        var config = environment.Config;
        var hasControlPlane = config.Discovery.Scheduling == Scheduling.ControlPlane;
        var text = new StringBuilder($"## {environment.Name}: the first time\n\n");
        var step = 0;

        Step($"""
            **At the OpenID Connect provider** ({config.DataHub.Oidc.Issuer}) make the client `{config.DataHub.Oidc.ClientId}` (standard flow, client authentication on) with the redirect URI
            `https://{config.DataHub.Host}/callback/oidc` and a mapper that puts the groups of a user into the claim `{config.DataHub.Oidc.GroupsClaim}` of the ID token.
            """);
        if (hasControlPlane)
        {
            var api = config.Discovery.Api!;
            Step($"""
                Make the client `{api.Oidc.ClientId}` there in the same way, with the redirect URI `https://{api.Host}/login/callback` and the post-logout redirect URI `https://{api.Host}/login`.
                """);
        }
        Step($"""
            **In Google Cloud**: read `{environment.Name}/google-cloud.sh`, then run it, logged in as somebody who may make what it names. It asks for what only people know, and says at its end what is left to do.

            ```
            {environment.Name}/google-cloud.sh
            ```

            Point the names that it prints at the addresses that it prints; Google gives out the certificates some minutes after they do.
            """);
        if (config.Secrets.Source == SecretSource.Existing)
        {
            Step($"**Secrets**: `kubectl apply -f {environment.Name}/secrets/namespaces.yaml`, and make these there, before anything else runs.\n\n" + SecretTable(environment));
        }
        else
        {
            Step("**Secrets** come from Secret Manager within the hour, or at once with `kubectl -n NAMESPACE annotate externalsecret NAME force-sync=$(date +%s) --overwrite`. A Kubernetes Secret is made when each of its keys has a value.\n\n" + SecretTable(environment));
        }
        Step($"""
            **Rights in the database.** Accounts that `gcloud` makes may do everything. In Cloud SQL Studio, as `{SecretPlan.MySqlAdministrator}`:

            ```sql
            REVOKE cloudsqlsuperuser FROM 'datahub'@'%';
            GRANT SELECT, INSERT, UPDATE, DELETE ON `{config.DataHub.Database.Name}`.* TO 'datahub'@'%';
            SHOW GRANTS FOR 'datahub'@'%';
            ```
            """);
        Step($"""
            **Commit** this folder as `{config.GitOps.Path}` of {config.GitOps.Repository}, branch `{config.GitOps.Revision}`. If Argo CD needs a password for it, give it to Argo CD, never to this folder.
            """);
        Step($"""
            **Start**, with `kubectl` at the cluster that Argo CD runs in:

            ```
            kubectl apply -f {environment.Name}/argocd/bootstrap.yaml
            kubectl -n {config.GitOps.ArgoCdNamespace} get applications --watch
            ```

            DataHub is ready about ten minutes after its Secrets and its database are.
            """);
        Step($"""
            **The first administrator.** Passwords of DataHub's own are off. Make a user `datahub` at the provider, which keeps that name from everybody else, log in with it at https://{config.DataHub.Host}, and give your
            administrators' group the role Admin (Settings, Users & Groups). Then disable that user at the provider, and keep it.
            """);
        if (environment.Recipes.Any(recipe => recipe.Variables.Contains("DATAHUB_GMS_TOKEN")))
        {
            Step($"""
                **The token that recipes write with**: in DataHub, Settings, Access Tokens, with an end that somebody has in their calendar. Pods of Discovery wait for it.

                ```
                {(config.Secrets.Source == SecretSource.ExternalSecrets
                    ? $"printf %s \"$TOKEN\" | gcloud secrets versions add {config.Discovery.Variables["DATAHUB_GMS_TOKEN"].Secret} --project {config.Google.Project} --data-file=-"
                    : $"kubectl -n {config.Discovery.Namespace} edit secret {config.Discovery.Variables["DATAHUB_GMS_TOKEN"].Secret!.Split('/')[0]}")}
                ```
                """);
        }
        var first = environment.Scheduled.Select(run => run.Recipe).FirstOrDefault();
        Step(hasControlPlane ? $"**Look**: https://{config.Discovery.Api!.Host}/ingestion shows the recipes and, as workers, each pod of them. Start a dry run there."
            : first is null ? "**Nothing runs yet**: no recipe has a `deployment.schedule`."
            : config.Discovery.Scheduling == Scheduling.CronJob
                ? $"**Look**: `kubectl -n {config.Discovery.Namespace} create job --from=cronjob/ingest-{first.Name} try-{first.Name}`, then `kubectl -n {config.Discovery.Namespace} logs -f job/try-{first.Name}`."
                : $"""
                    **Airflow**: copy `{environment.Name}/airflow/dags` to the folder of your Airflow. The account that its tasks run as needs, in the namespace `{config.Discovery.Namespace}`, a role with `get`, `list`, `watch`, `create`,
                    `patch` and `delete` of `pods`, and `get` and `list` of `pods/log` and `events`. Start one DAG by hand, and look at its log.
                    Copy it again with each change of a recipe: a DAG names the ConfigMap of its recipe by content, and Argo CD removes the old one.
                    """);
        return text.Append('\n').ToString();

        void Step(string words)
        {
            step++;
            text.Append(CultureInfo.InvariantCulture, $"{step}. {words.ReplaceLineEndings("\n").Replace("\n", "\n   ", StringComparison.Ordinal).Replace("\n   \n", "\n\n", StringComparison.Ordinal)}\n");
        }
    }

    private static string SecretTable(DeployEnvironment environment)
    {
        var existing = environment.Config.Secrets.Source == SecretSource.Existing;
        var table = new StringBuilder(existing ? "| namespace | Secret | key | what it is | a new value |\n| --- | --- | --- | --- | --- |\n" : "| Secret Manager | becomes | what it is | who gives it |\n| --- | --- | --- | --- |\n");
        foreach (var secret in SecretPlan.Of(environment))
        {
            foreach (var key in secret.Keys)
            {
                table.Append(existing
                    ? $"| {secret.Namespace} | {secret.Name} | {key.Key} | {key.Purpose} | {NewValue(new(secret.Name, key.Key), key)} |\n"
                    : $"| {key.RemoteName} | {secret.Namespace}/{secret.Name}, `{key.Key}` | {key.Purpose} | {(key.Generator is null ? "you" : "the script")} |\n");
            }
        }
        return table.ToString().TrimEnd('\n');
    }

    // The file of tokens has the hash of the workers' token, so that one command makes both.
    private static string NewValue(SecretReference reference, PlannedKey key) =>
        reference == SecretPlan.WorkerToken ? "the token that `./discovery api token workers --role worker --tokens tokens` prints"
        : reference == SecretPlan.ApiTokens ? "the file `tokens` that it writes"
        : key.Generator is { } generator ? $"`{generator.Replace("|", "\\|", StringComparison.Ordinal)}`"
        : "";

    private const string Changes =
        """
        ## Changes

        ```
        ./discovery deploy diff -c deploy.yml -o FOLDER      what would change
        ./discovery deploy render -c deploy.yml -o FOLDER    write it
        ./discovery deploy check FOLDER                      hold it against the rules
        ```

        Commit, and Argo CD follows. Each sync of DataHub runs its system update first, which changes nothing when there is nothing to do. A new version of DataHub is a release of its own: take a backup first.


        """;
}
