using System.CommandLine;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Input;
using Discovery.Ingestion.Api.Commands;
using Discovery.Ingestion.Worker.Commands;

namespace Discovery.Deploy.Tests.Discovery;

/// <summary>The programs themselves read the arguments that their containers have.</summary>
public sealed class ArgumentTests
{
    [Fact]
    public void The_control_plane_takes_its_arguments()
    {
        var parsed = Parse(ApiCommand.Create(), Arguments(SampleEnvironments.Prod, "Deployment", "discovery-api"));

        Assert.Equal("/data/control", parsed.GetValue<DirectoryInfo>("--data")!.FullName);
        Assert.Equal("/recipes", parsed.GetValue<DirectoryInfo>("--recipes")!.FullName);
        Assert.Equal("http://0.0.0.0:8090", parsed.GetValue<string>("--urls"));
        Assert.Equal(["discovery.example.com", "discovery-api.discovery.svc.cluster.local"], parsed.GetValue<string[]>("--allow-host")!);
        Assert.Equal("https://login.example.com/realms/data", parsed.GetValue<string>("--oidc-issuer"));
        Assert.Equal("/run/secrets/discovery/tokens", parsed.GetValue<FileInfo>("--tokens")!.FullName);
        Assert.Equal("/run/secrets/discovery/oidc-client-secret", parsed.GetValue<FileInfo>("--oidc-client-secret-file")!.FullName);
    }

    [Theory]
    [InlineData("@data-platform")]
    [InlineData("--urls")]
    [InlineData("/teams/data = platform: \"x\"")]
    [InlineData("$(DISCOVERY_WORKER_NAME)")]
    [InlineData("a$$b")]
    public void A_group_may_have_any_name(string group)
    {
        var environment = Schedulings.Change(SampleEnvironments.Prod, discovery => discovery with { Api = discovery.Api! with { Operators = [group, "others"] } });

        var parsed = Parse(ApiCommand.Create(), Arguments(environment, "Deployment", "discovery-api"));

        Assert.Equal([group, "others"], parsed.GetValue<string[]>("--operators")!);
    }

    [Fact]
    public void A_worker_takes_its_arguments_and_ends_in_the_time_that_its_pod_has()
    {
        var environment = Schedulings.Change(SampleEnvironments.Prod, discovery => discovery with { Workers = [new() { Name = "dmz", Labels = ["dmz", "payments"] }] });

        var parsed = Parse(WorkerCommand.Create(), Arguments(environment, "Deployment", "discovery-worker-dmz"));

        Assert.Equal("http://discovery-api.discovery.svc.cluster.local", parsed.GetValue<string>("--api"));
        Assert.Equal("/run/secrets/discovery/token", parsed.GetValue<string>("--token-file"));
        Assert.Equal("{DISCOVERY_WORKER_NAME}", parsed.GetValue<string>("--name"));
        Assert.Equal(["dmz", "payments"], parsed.GetValue<string[]>("--label")!);
        Assert.Equal("http://0.0.0.0:8091", parsed.GetValue<string>("--health-urls"));
        var pod = DiscoveryManifests.Of(environment).One("Deployment", "discovery-worker-dmz")["spec"]!["template"]!["spec"]!;
        Assert.True(parsed.GetValue<TimeSpan?>("--grace") < TimeSpan.FromSeconds(pod["terminationGracePeriodSeconds"]!.GetValue<int>() - 5));
    }

    [Fact]
    public void A_job_takes_its_arguments()
    {
        var parsed = Parse(IngestCommand.Create(), Arguments(SampleEnvironments.Dev, "CronJob", "ingest-shop"));

        Assert.Equal(["/recipes/shop.yml"], parsed.GetValue<string[]>("-c")!);
    }

    private static ParseResult Parse(Command command, string[] arguments)
    {
        var parsed = new Command("./discovery") { command }.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return parsed;
    }

    // As the kubelet hands them over: $(NAME) is replaced, $$ is a dollar.
    private static string[] Arguments(DeployEnvironment environment, string kind, string name)
    {
        var template = DiscoveryManifests.Of(environment).Single(manifest => manifest.Kind() == kind && manifest.Name() == name).Template()!;
        return [.. template["spec"]!["containers"]![0]!["args"].Texts().Select(argument => KubeletText.Expand(argument, variable => $"{{{variable}}}"))];
    }
}
