using System.Text;
using Discovery.Deploy.Input.Forms;

namespace Discovery.Deploy.Commands;

/// <summary>The <c>deploy.yml</c> that <c>deploy init</c> writes. <c>{env}</c> in an answer stands for the name of the environment.</summary>
internal sealed record DeployFileText
{
    public required IReadOnlyList<string> Environments { get; init; }

    public required string Project { get; init; }

    public required string Region { get; init; }

    public required string Cluster { get; init; }

    public required string Domain { get; init; }

    public required string Issuer { get; init; }

    public required string Repository { get; init; }

    public required string Registry { get; init; }

    public required string Scheduling { get; init; }

    public required string Recipes { get; init; }

    /// <summary>Names of the variables of recipes.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    /// <summary>Writes it.</summary>
    public string Write() => Base() + string.Concat(Environments.Select(Environment));

    private string Base()
    {
        var text = new StringBuilder(
            $$"""
            # What an environment says goes over what base says: mappings are merged, lists and single values replace, null removes.
            # There are no variables and no secrets in this file; every setting is described in docs/deploy-settings.md.

            base:
              datahub:
                # For development. Brokers and a search server that are there already, which production needs:
                #   kafka: {bootstrap_servers: "kafka-0.example.internal:9092", cidr: 10.30.0.0/24}
                #   search: {host: search.example.internal, cidr: 10.31.0.0/24}
                kafka:
                  bundled: true
                search:
                  bundled: true

              discovery:
                # control-plane: Discovery's API and workers; cron-job: a CronJob for each scheduled recipe; airflow: a DAG for each.
                scheduling: {{Plain(Scheduling)}}
                images:
                  worker: {{Registry}}/discovery-worker:0.1.0
                  api: {{Registry}}/discovery-api:0.1.0
                # Relative to this file.
                recipes: {{Plain(Recipes)}}
                # Servers that recipes read; workers reach no other address.
                sources:
                  - cidr: 10.40.0.0/16 # check
                    ports: [3306]
                # What the ${VARIABLES} of the recipes stand for: names of secrets in Google Secret Manager, or "value: ..." for what is no secret.
                variables:

            """);
        foreach (var name in Variables)
        {
            text.Append($"      {name}:\n        secret: {Plain(name.ToLowerInvariant().Replace('_', '-'))}\n");
        }
        return text.Append(Variables.Count == 0 ? "      {}\n" : "").Append("\nenvironments:\n").ToString();
    }

    private string Environment(string name)
    {
        string For(string answer) => Plain(InitQuestion.For(answer, name));
        return
            $"""
              {Plain(name)}:
                google:
                  project: {For(Project)}
                  region: {For(Region)}
                  cluster: {For(Cluster)}
                gitops:
                  repository: {For(Repository)}
                datahub:
                  host: datahub-{name}.{For(Domain)}
                  oidc:
                    issuer: {For(Issuer)}
                    client_id: datahub
                  database:
                    instance: datahub-{name}
                    cidr: 10.20.0.0/24 # check: the range of private services access in the network
                discovery:
                  api:
                    host: discovery-{name}.{For(Domain)}
                    oidc:
                      issuer: {For(Issuer)}
                      client_id: discovery
                    operators: [data-platform] # check: groups whose members may read and change


            """;
    }

    // Each answer has a form without spaces and quotes.
    private static string Plain(string text) => PlainTextAttribute.IsAmbiguous(text) ? $"'{text}'" : text;
}
