using System.Diagnostics;
using System.Text.Json;
using Discovery.Catalog;
using Discovery.Embedded.LocalMySql;
using Discovery.Ingestion.Api;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;

namespace Discovery.Embedded;

/// <summary><c>./discovery up</c></summary>
internal sealed class UpCommand(Checkout checkout, TextWriter output, TextWriter error)
{
    private readonly Phases _phases = new(output);

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(bool once, FileInfo? recipe, CancellationToken cancellationToken)
    {
        try
        {
            return recipe is null ? await RunSampleAsync(once, cancellationToken) : await RunRecipeAsync(recipe, cancellationToken);
        }
        catch (Exception e) when (e is LocalMySqlException or CatalogException or ControlException or HttpRequestException)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{e.Message} Make {checkout.Artifacts} writable for this user, or free some space.");
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("Interrupted.");
            return 1;
        }
    }

    private async Task<int> RunRecipeAsync(FileInfo recipe, CancellationToken cancellationToken)
    {
        var secrets = new SecretMasker();
        var report = await _phases.RunAsync("ingestion", () => FleetIngestion.RunAsync(recipe.FullName, secrets, cancellationToken), _ => DisplayPath.Of(recipe.FullName));
        using var json = JsonDocument.Parse(secrets.MaskJson(RunReportJson.Render(report)));
        FleetSummary.Write(output, json.RootElement);
        return report.Status == RunStatus.Success ? 0 : 1;
    }

    private async Task<int> RunSampleAsync(bool once, CancellationToken cancellationToken)
    {
        var image = Environment.GetEnvironmentVariable(DockerServer.ImageVariable);
        var options = new LocalMySqlOptions { DataFolder = Path.Combine(checkout.Artifacts, "mysql"), Image = string.IsNullOrEmpty(image) ? null : image };
        if (options.Image is null && !await LocalMySqlServer.IsAvailableAsync(cancellationToken))
        {
            await InstallServerAsync(cancellationToken);
        }
        await using var server = await _phases.RunAsync(
            "server ready", () => LocalMySqlServer.StartAsync(options, cancellationToken), server => $"{server.Name} on {server.HostPort}");

        var fleet = new SampleFleet(checkout.SampleFleet);
        await _phases.RunAsync(
            "fleet", () => fleet.LoadAsync(server, cancellationToken), loaded => $"{string.Join(", ", fleet.Databases)} {(loaded ? "loaded" : "unchanged")}");

        var folder = new UpFolder(checkout.Artifacts);
        var account = await _phases.RunAsync(
            "account",
            () => ReadingAccount.CreateAsync(server, fleet.Databases, cancellationToken),
            account => $"{account.Name}, with REFERENCES alone; its password is in {DisplayPath.Of(folder.Password)}");
        // A run that was killed holds the recipe until its lease is over: nobody waits for that for long.
        var control = new ControlSettings { DataFolder = folder.Control, RecipeFolder = folder.Recipes, Lease = TimeSpan.FromSeconds(10) };
        await using var local = await _phases.RunAsync(
            "catalog", () => LocalServer.StartAsync(folder.Catalog, control, cancellationToken), local => $"{Text(local.Address)} over {DisplayPath.Of(folder.Catalog)}");
        folder.Write(server.HostPort, account, local.Address);

        var variables = new Dictionary<string, string> { [UpFolder.PasswordVariable] = account.Password };
        await using var runner = new LocalRunner(local.Address, folder.Files, variables, local.Loggers);
        var (run, report) = await _phases.RunAsync(
            "ingestion", () => RequestedRun.ExecuteAsync(local.Address, UpFolder.RecipeName, cancellationToken), ended => $"{Text(local.Address)}/ingestion/runs/{ended.Run.Id}");
        if (report is { } told)
        {
            FleetSummary.Write(output, told);
        }
        if (run.Reason is { } reason)
        {
            await output.WriteLineAsync($"The run {run.State.ToString().ToLowerInvariant()}: {PrintableText.Of(reason)}");
        }
        var succeeded = run.State == RunState.Succeeded;
        if (succeeded)
        {
            await output.WriteLineAsync("Now yours: ./discovery recipe init mysql");
        }
        if (once || cancellationToken.IsCancellationRequested)
        {
            await output.WriteLineAsync("To look at the catalog and the run: ./discovery up");
            return succeeded ? 0 : 1;
        }
        await output.WriteLineAsync($"Look at {Text(local.Address)} in a browser. It and the server at {server.HostPort} stay until Ctrl-C.");
        await UntilCancelledAsync(cancellationToken);
        return 0;
    }

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);

    // Says the command and asks, on our terminal.
    private async Task InstallServerAsync(CancellationToken cancellationToken)
    {
        using var script = Process.Start(checkout.PackageScript, ["mariadb-server-core", "libmariadb3"]);
        await script.WaitForExitAsync(cancellationToken);
        if (script.ExitCode != 0)
        {
            throw new LocalMySqlException("up needs a server to start: MariaDB 10.5 or MySQL 8.0 or newer (mariadbd or mysqld), or Docker. Install or start one, then start again.");
        }
    }

    private static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
