using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.AppHost.Tests;

/// <summary>The commands of the dashboard, given to the embedded stack, whose MySQL server has a volume here.</summary>
[Trait("Category", "Long")]
public sealed class CommandTests : IAsyncLifetime
{
    private readonly string _volume = $"discovery-test-{Guid.NewGuid():n}";
    private RunningHost? _running;

    private RunningHost Host => _running!;

    public async ValueTask InitializeAsync()
    {
        _running = await RunningHost.StartAsync(builder => builder.CreateResourceBuilder(builder.Resources.OfType<MySqlServerResource>().Single()).WithDataVolume(_volume), "--stack", "embedded");
        await BecomeHealthyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
            await DockerAsync("volume", "rm", "--force", _volume);
        }
    }

    [Fact]
    public async Task People_mint_a_token_ingest_and_reset()
    {
        var token = await Host.CommandAsync("api", "mint-token");
        Assert.StartsWith("dsc_", token, StringComparison.Ordinal);
        // That of the start.
        await Host.SucceedAsync(runs: 1, token);

        Assert.Contains("/ingestion/runs/", await Host.CommandAsync("api", "ingest-now"), StringComparison.Ordinal);
        await Host.SucceedAsync(runs: 2, token);
        Assert.NotEqual(0, await CountDatasetsAsync(token));

        var volume = await DockerAsync("volume", "inspect", _volume);
        await Host.CommandAsync("api", "reset-data");
        await BecomeHealthyAsync();
        Assert.Empty(await Host.RunsAsync(token));
        Assert.Equal(0, await CountDatasetsAsync(token));
        Assert.NotEqual(volume, await DockerAsync("volume", "inspect", _volume));

        foreach (var name in (string[])["api", "catalog"])
        {
            await foreach (var lines in Host.App.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(name))
            {
                Assert.DoesNotContain(lines, line => line.Content.Contains(token, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Preflight_says_what_to_grant()
    {
        // The account of the sample holds REFERENCES alone, and the recipe asks for views too.
        var result = await Host.App.ResourceCommands.ExecuteCommandAsync(await ReplicaAsync("worker"), "preflight", Host.Patient);
        Assert.False(result.Success);
        Assert.Contains("GRANT SHOW VIEW ON `geo`.*", result.Data?.Value, StringComparison.Ordinal);
    }

    private async Task<string> ReplicaAsync(string resource) =>
        (await Host.App.ResourceNotifications.WaitForResourceAsync(resource, one => one.Snapshot.State?.Text == KnownResourceStates.Running, Host.Patient)).ResourceId;

    private Task BecomeHealthyAsync() => Host.BecomeHealthyAsync("fleet", "catalog", "api", "worker");

    private async Task<int> CountDatasetsAsync(string token)
    {
        using var client = Host.Client("catalog", token);
        using var answer = await client.PostAsJsonAsync("/api/graphql", new { query = """{ searchAcrossEntities(input: { query: "*", types: [DATASET] }) { total } }""" }, Host.Patient);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Host.Patient)).GetProperty("data").GetProperty("searchAcrossEntities").GetProperty("total").GetInt32();
    }

    private static async Task<string> DockerAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
