using Discovery.Ingestion.Control;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Discovery.EndToEnd.Tests.ControlFixture))]

namespace Discovery.EndToEnd.Tests;

/// <summary>One control plane with recipes and runs of every kind, and one browser. Tests that start runs use a recipe of their own.</summary>
public sealed class ControlFixture : IAsyncLifetime
{
    private ControlSite? _site;
    private Browser? _browser;

    /// <summary>Pages with what they show, by a name; their addresses have ids of runs.</summary>
    internal static readonly string[] Pages = ["recipes", "recipe", "bad recipe", "idle recipe", "runs", "no runs", "complete run", "changes", "failed run", "waiting run", "running run", "dry run", "no such run"];

    private readonly Dictionary<string, string> _addresses = new()
    {
        ["recipes"] = "/ingestion",
        ["recipe"] = "/ingestion/recipes/shop",
        ["bad recipe"] = "/ingestion/recipes/broken",
        ["idle recipe"] = "/ingestion/recipes/idle",
        ["runs"] = "/ingestion/runs",
        ["no runs"] = $"/ingestion/runs?recipe={Uri.EscapeDataString(SampleShop.Hostile)}",
        ["no such run"] = $"/ingestion/runs/{Uri.EscapeDataString(SampleShop.Hostile)}",
    };

    internal string Address => _site!.Address;

    internal string PathOf(string page) => _addresses[page];

    /// <summary>Opens a page; the test is skipped where there is no browser.</summary>
    /// <param name="path">Such as <c>/ingestion</c>.</param>
    /// <param name="dark">Whether the system is set to dark.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="script">Whether scripts run.</param>
    public async Task<IPage> OpenAsync(string path, bool dark = false, int width = 1280, bool script = true)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.WhyNot);
        var page = await _browser!.OpenAsync(Address, dark, width, script);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A page of another server.</summary>
    public async Task<IPage> OpenElsewhereAsync(string address)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.WhyNot);
        return await _browser!.OpenAsync(address);
    }

    public async ValueTask InitializeAsync()
    {
        _site = await ControlSite.StartAsync(SampleRecipes.All);
        for (var day = 0; day < 6; day++)
        {
            var tables = 40 + (day * 3);
            _addresses["complete run"] = await RunAsync("shop", RunKind.Run, async worker =>
            {
                await worker.SendAsync(day < 5 ? SampleTables.Before : SampleTables.After);
                await worker.FinishAsync(
                    RunState.Succeeded, report: SampleReport.Complete(tables), progress: SampleReport.Progress(tables),
                    lines: [(LogLineLevel.Info, "11 databases are visible"), (LogLineLevel.Warning, SampleShop.Hostile)]);
            });
        }
        _addresses["changes"] = $"{_addresses["complete run"]}/changes";
        _addresses["dry run"] = await RunAsync("shop", RunKind.DryRun, worker => worker.FinishAsync(RunState.Succeeded, report: SampleReport.Complete(12), progress: SampleReport.Progress(12)));
        _addresses["failed run"] = await RunAsync("shop", RunKind.Run, worker => worker.FinishAsync(
            RunState.Failed, SampleShop.Hostile, SampleReport.Failed(), SampleReport.Progress(3), (LogLineLevel.Error, $"Table {SampleShop.Hostile} could not be read")));
        _addresses["running run"] = await RunAsync("busy", RunKind.Run, worker => worker.BeatAsync(SampleReport.Progress(7), (LogLineLevel.Info, "Reads the databases"), (LogLineLevel.Info, SampleShop.Hostile)));
        _addresses["waiting run"] = PathOfRun(await ControlWorker.QueueAsync(Address, "busy"));
        _browser = Browser.IsInstalled ? await Browser.StartAsync() : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }

    internal static string PathOfRun(string id) => $"/ingestion/runs/{id}";

    private async Task<string> RunAsync(string recipe, RunKind kind, Func<ControlWorker, Task> say)
    {
        var id = await ControlWorker.QueueAsync(Address, recipe, kind);
        using var worker = new ControlWorker(Address, "worker-<b>1</b>");
        await worker.ClaimAsync("eu-<i>west</i>");
        Assert.Equal(id, worker.Run);
        await say(worker);
        return PathOfRun(id);
    }
}
