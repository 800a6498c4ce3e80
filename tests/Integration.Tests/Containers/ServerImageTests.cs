using System.Text.Json;
using Discovery.Embedded;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;

namespace Discovery.Integration.Tests.Containers;

/// <summary>The engine against a server as its public image brings it.</summary>
public abstract class ServerImageTests(FleetContainer container)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_fleet_comes_out_as_from_an_installed_server()
    {
        using var recipe = new ContainerRecipe(container.Server);

        var report = await FleetIngestion.RunAsync(recipe.Path, new SecretMasker(), Cancelled);

        Assert.Equal((RunStatus.Success, 0), (report.Status, report.AllFailures.Count()));
        using var json = JsonDocument.Parse(RunReportJson.Render(report));
        Assert.Equal(
            FleetReadme.Read().Select(row => (row.Database, row.Tables, row.Views, row.Columns)).OrderBy(row => row.Database, StringComparer.Ordinal),
            json.RootElement.GetProperty("source").GetProperty("report").GetProperty("databases").EnumerateArray().Select(
                read => (read.GetProperty("name").GetString()!, read.GetProperty("tables").GetInt64(), read.GetProperty("views").GetInt64(), read.GetProperty("columns").GetInt64())));
        Assert.Contains(JsonEncodedText.Encode("대여 시각").ToString(), await File.ReadAllTextAsync(recipe.OutputFile, Cancelled), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_one_line()
    {
        using var recipe = new ContainerRecipe(container.Server, "not-the-password-7c");

        var result = await recipe.IngestAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Check username and password of the recipe", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password-7c", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_when_asked_to_and_has_its_databases_at_the_next_start()
    {
        var server = container.Server;
        await Docker.RunAsync("stop", "--time", "30", server.Name);
        Assert.Equal("0", await Docker.RunAsync("inspect", "--format", "{{.State.ExitCode}}", server.Name));

        await server.StartAgainAsync();
        await server.UntilReadyAsync();

        Assert.Equal("1", await server.ExecuteAsync("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'mobility' AND table_name = 'ride'"));
        Assert.Single((await server.LogAsync()).Split('\n'), line => line.Contains("init process done", StringComparison.Ordinal));
    }
}

[Trait("Category", "Long")]
public sealed class MySql84ImageTests(MySql84Container container) : ServerImageTests(container), IClassFixture<MySql84Container>;

[Trait("Category", "Long")]
public sealed class MySql97ImageTests(MySql97Container container) : ServerImageTests(container), IClassFixture<MySql97Container>;

public sealed class MariaDb1011ImageTests(MariaDb1011Container container) : ServerImageTests(container), IClassFixture<MariaDb1011Container>;

[Trait("Category", "Long")]
public sealed class MariaDb118ImageTests(MariaDb118Container container) : ServerImageTests(container), IClassFixture<MariaDb118Container>;
