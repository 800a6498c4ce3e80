using Microsoft.Playwright;

namespace Discovery.EndToEnd.Tests;

public sealed class HostileTextTests(PageFixture pages)
{
    public static TheoryData<string> All => Addresses.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Names_comments_labels_and_properties_that_are_html_do_nothing(string path)
    {
        var page = await pages.OpenAsync("/");
        var unexpected = new List<string>();
        page.Dialog += (_, dialog) => unexpected.Add($"dialog {dialog.Message}");
        page.Request += (_, request) =>
        {
            if (request.ResourceType != "document" && !request.Url.StartsWith($"{pages.Address}/assets/", StringComparison.Ordinal))
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
        await page.GotoAsync(path);
        Assert.Equal(0, await page.Locator("img, script, iframe, object, [onerror], [style], a[href^='javascript']").CountAsync());
        Assert.NotEqual("harm", await page.TitleAsync());
        Assert.Empty(unexpected);
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_page_has_such_text_unencoded(string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(pages.Address) };
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_hostile_search_is_shown_as_it_is()
    {
        var page = await pages.OpenAsync($"/search?q={Uri.EscapeDataString(SampleShop.Hostile)}&type={Uri.EscapeDataString(SampleShop.Hostile)}");
        Assert.Equal(0, await page.Locator("main img, main script").CountAsync());
        Assert.Equal(SampleShop.Hostile, await page.GetByRole(AriaRole.Searchbox).InputValueAsync());
    }

    [Fact]
    public async Task A_hostile_table_can_be_opened_by_its_link()
    {
        var page = await pages.OpenAsync(Addresses.Entity(SampleShop.Container));
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { NameString = "<img src=/harm" }).First.ClickAsync();
        Assert.Equal(SampleShop.Hostile, await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync());
    }
}
