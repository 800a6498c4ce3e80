using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Integration.Tests.Containers;

/// <summary>What happens with servers in containers alone.</summary>
public sealed class ContainerFaultTests(MariaDb1011Container container) : IClassFixture<MariaDb1011Container>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_still_being_set_up_is_said_to_be_out_of_reach()
    {
        var image = await Docker.RequireAsync("mariadb:10.11");
        var scripts = new Dictionary<string, byte[]> { ["wait.sh"] = "until [ -e /tmp/go ]; do sleep 0.1; done\n"u8.ToArray() };
        await using var server = await ContainerServer.StartAsync(image, scripts);
        using var recipe = new ContainerRecipe(server);

        var result = await recipe.IngestAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{server.HostPort}: Unable to connect", result.Output, StringComparison.Ordinal);
        Assert.Contains("that the server runs", result.Output, StringComparison.Ordinal);
        Assert.Equal(ContainerRecipe.Earlier, await File.ReadAllTextAsync(recipe.OutputFile, Cancelled));
        await Docker.RunAsync("exec", server.Name, "touch", "/tmp/go");
        await server.UntilReadyAsync();
    }

    [Fact]
    public async Task A_container_that_is_killed_in_mid_run_fails_the_run_and_leaves_an_earlier_file_alone()
    {
        using var recipe = new ContainerRecipe(container.Server);
        using var loaded = new RecipeLoader().Load(recipe.Path);
        var killed = false;
        void KillOnce(RunReport report)
        {
            if (!killed)
            {
                killed = true;
                Docker.RunAsync("kill", container.Server.Name).GetAwaiter().GetResult();
            }
        }

        var report = await IngestionRun.ExecuteAsync(
            loaded.Recipe!, new RunOptions { Progress = KillOnce }, NullLoggerFactory.Instance, new SecretMasker(), TimeProvider.System, Cancelled);

        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.InRange(report.Emitted["container"], 1, 4);
        Assert.Contains(container.Server.HostPort, Assert.Single(report.AllFailures).Message, StringComparison.Ordinal);
        Assert.Equal(ContainerRecipe.Earlier, await File.ReadAllTextAsync(recipe.OutputFile, Cancelled));
        await container.Server.StartAgainAsync();
        await container.Server.UntilReadyAsync();
    }
}
