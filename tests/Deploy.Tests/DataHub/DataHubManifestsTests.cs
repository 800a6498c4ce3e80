using System.Text.Json.Nodes;
using Discovery.Deploy.DataHub;

namespace Discovery.Deploy.Tests.DataHub;

public sealed class DataHubManifestsTests
{
    [Fact]
    public void A_workload_of_one_pod_has_no_budget_that_would_hold_up_a_drain()
    {
        Assert.Empty(Bodies("dev", "PodDisruptionBudget"));
        Assert.Equal(["datahub-gms", "datahub-frontend"], Bodies("prod", "PodDisruptionBudget").Select(Name));
        Assert.Equal(["datahub-gms", "datahub-frontend", "datahub-mae-consumer"], Bodies("private-ip", "PodDisruptionBudget").Select(Name));
    }

    [Fact]
    public void Accounts_have_a_Google_identity_only_where_the_proxy_needs_it()
    {
        Assert.Equal(
            ["datahub-prod@example-prod.iam.gserviceaccount.com", "datahub-jobs-prod@example-prod.iam.gserviceaccount.com"],
            Bodies("prod", "ServiceAccount").Select(account => account["metadata"]!["annotations"]!["iam.gke.io/gcp-service-account"]!.ToString()));
        Assert.All(Bodies("private-ip", "ServiceAccount"), account => Assert.Null(account["metadata"]!["annotations"]));
    }

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void No_account_brings_a_token_into_a_pod(string name) =>
        Assert.All(Bodies(name, "ServiceAccount"), account => Assert.False((bool)account["automountServiceAccountToken"]!));

    [Fact]
    public void The_edge_takes_https_alone_and_asks_the_frontend_for_its_health()
    {
        Assert.Equal("datahub-tls-prod", Assert.Single(Bodies("prod", "FrontendConfig"))["spec"]!["sslPolicy"]!.ToString());
        Assert.True((bool)Assert.Single(Bodies("prod", "FrontendConfig"))["spec"]!["redirectToHttps"]!["enabled"]!);
        Assert.Equal("/admin", Assert.Single(Bodies("prod", "BackendConfig"))["spec"]!["healthCheck"]!["requestPath"]!.ToString());
        Assert.Equal("""["datahub.example.com"]""", Assert.Single(Bodies("prod", "ManagedCertificate"))["spec"]!["domains"]!.ToJsonString());
    }

    private static IReadOnlyList<JsonObject> Bodies(string environment, string kind) =>
        [.. DataHubManifests.Of(ChartEnvironments.Named(environment)).Select(manifest => manifest.Body).Where(body => body["kind"]!.ToString() == kind)];

    private static string Name(JsonObject body) => body["metadata"]!["name"]!.ToString();
}
