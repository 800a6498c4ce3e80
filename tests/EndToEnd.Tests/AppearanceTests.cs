using Deque.AxeCore.Playwright;

namespace Discovery.EndToEnd.Tests;

public sealed class AppearanceTests(PageFixture pages)
{
    public static TheoryData<string> All => Addresses.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_page_breaks_a_rule_of_accessibility(string path)
    {
        foreach (var dark in (bool[])[false, true])
        {
            var page = await pages.OpenAsync(path, dark);
            // What is folded is checked too.
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
            var result = await page.RunAxe();
            Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(violation => $"{violation.Id} ({(dark ? "dark" : "light")}): {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => $"{node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}"))}")));
            await page.Context.CloseAsync();
        }
    }

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
