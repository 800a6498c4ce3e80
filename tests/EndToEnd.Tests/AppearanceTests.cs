using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Discovery.EndToEnd.Tests;

public sealed class AppearanceTests(PageFixture pages)
{
    public static TheoryData<string> All => Addresses.All;

    /// <summary>The check takes seconds a page.</summary>
    public static IEnumerable<TheoryDataRow<string>> EachKind => All.Select(row => Addresses.Alike.Contains(row.Data) ? new TheoryDataRow<string>(row.Data).WithTrait("Category", "Long") : row);

    [Theory]
    [MemberData(nameof(EachKind))]
    public async Task No_page_breaks_a_rule_of_accessibility(string path)
    {
        var page = await pages.OpenAsync(path);
        // What is folded is checked too.
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        Assert.Empty(Violations(await page.RunAxe()));
        // All that differs in the dark is colours.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Empty(Violations(await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block") })));
        await page.Context.CloseAsync();
    }

    internal static IEnumerable<string> Violations(AxeResult result) =>
        from violation in result.Violations
        from node in violation.Nodes
        select $"{violation.Id}: {violation.Help}: {node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}";

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_page_is_wider_than_a_narrow_screen(string path)
    {
        var page = await pages.OpenAsync(path, width: 320);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.Context.CloseAsync();
    }
}
