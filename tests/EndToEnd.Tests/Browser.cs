using Microsoft.Playwright;

namespace Discovery.EndToEnd.Tests;

/// <summary>The system's Chromium, without a window.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Whether there is one here.</summary>
    public static bool IsInstalled => File.Exists(Executable);

    /// <summary>What tests say that are skipped without one.</summary>
    public const string WhyNot = $"There is no Chromium at {Executable} (Debian: apt-get install chromium).";

    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            // Chromium does not start as root with its sandbox.
            Args = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [],
        });
        return new Browser(playwright, browser);
    }

    /// <summary>A page in a context of its own.</summary>
    /// <param name="address">What addresses are relative to.</param>
    /// <param name="dark">Whether the system is set to dark.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="script">Whether scripts run.</param>
    public async Task<IPage> OpenAsync(string address, bool dark = false, int width = 1280, bool script = true)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            JavaScriptEnabled = script,
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
