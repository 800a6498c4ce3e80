using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Discovery.EndToEnd.Tests;

public sealed class ControlAppearanceTests(ControlFixture control)
{
    public static TheoryData<string> All => [.. ControlFixture.Pages];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_page_is_accessible_fits_on_a_narrow_screen_and_shows_html_as_text(string name)
    {
        var page = await control.OpenAsync("/login");
        var unexpected = new List<string>();
        page.Dialog += (_, dialog) => unexpected.Add($"dialog {dialog.Message}");
        page.Request += (_, request) =>
        {
            if (request.ResourceType != "document" && !request.Url.StartsWith($"{control.Address}/assets/", StringComparison.Ordinal) && !request.Url.StartsWith($"{control.Address}/api/v1/runs/", StringComparison.Ordinal))
            {
                unexpected.Add($"request {request.Url}");
            }
        };
        // What the content security policy had to stop was not encoded.
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                unexpected.Add(message.Text);
            }
        };
        await page.GotoAsync(control.PathOf(name));
        Assert.Equal(0, await page.Locator("img, script:not([src^='/assets/']), iframe, object, [onerror], [style], a[href^='javascript'], main i").CountAsync());
        Assert.NotEqual("harm", await page.TitleAsync());
        Assert.Empty(unexpected);

        // What is folded is checked too.
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        Assert.Empty(AppearanceTests.Violations(await page.RunAxe()));
        // All that differs in the dark is colours.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Empty(AppearanceTests.Violations(await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block") })));
        await page.SetViewportSizeAsync(320, 900);
        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.Context.CloseAsync();
    }
}
