using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Discovery.EndToEnd.Tests.PageFixture))]

namespace Discovery.EndToEnd.Tests;

/// <summary>One catalog with the sample shop and one browser for all tests; they read and never write.</summary>
public sealed class PageFixture : IAsyncLifetime
{
    private CatalogServer? _server;
    private Browser? _browser;

    internal string Address => _server!.Address;

    /// <summary>Opens a page of the catalog; the test is skipped where there is no browser.</summary>
    /// <param name="path">Such as <c>/search?q=orders</c>.</param>
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

    public async ValueTask InitializeAsync()
    {
        _server = await CatalogServer.StartAsync(CancellationToken.None);
        await _server.WriteAsync("first-run", SampleShop.First());
        await _server.WriteAsync("second-run", SampleShop.Second());
        _browser = Browser.IsInstalled ? await Browser.StartAsync() : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
