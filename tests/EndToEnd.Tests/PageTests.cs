using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Discovery.EndToEnd.Tests;

public sealed class PageTests(PageFixture pages)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_searches_narrows_and_opens_a_table(bool script)
    {
        var page = await pages.OpenAsync("/", script: script);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("order");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Narrow the search" }).GetByRole(AriaRole.Link, new() { NameString = "View" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Chosen filters" })).ToContainTextAsync("Kind: View");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { NameString = "order_totals", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("order_totals");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Columns" })).ToContainTextAsync("customer_id");
    }

    [Theory]
    [InlineData("고객")]
    [InlineData("이름")]
    [InlineData("email")]
    [InlineData("order_totals")]
    public async Task Names_and_comments_in_any_script_are_found(string text)
    {
        var page = await pages.OpenAsync($"/search?q={Uri.EscapeDataString(text)}");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("match");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).Not.ToHaveTextAsync("0 matches");
    }

    [Fact]
    public async Task Lineage_is_walked_from_box_to_box()
    {
        var page = await pages.OpenAsync(Addresses.Dataset(SampleShop.Orders, "lineage"));
        var picture = page.GetByRole(AriaRole.Group, new() { NameString = "Lineage" });
        await picture.GetByRole(AriaRole.Link, new() { NameString = "order_totals, View" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("order_totals");
        await picture.GetByRole(AriaRole.Link, new() { NameString = "daily_report, View" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("daily_report");
        await page.GetByLabel("Steps").SelectOptionAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(picture.GetByRole(AriaRole.Link)).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task Lineage_of_one_column_is_shown()
    {
        var page = await pages.OpenAsync(Addresses.Dataset(SampleShop.Report, "lineage"));
        await page.GetByLabel("Column", new() { Exact = true }).SelectOptionAsync("total");
        await page.GetByLabel("Steps").SelectOptionAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        var picture = page.GetByRole(AriaRole.Group, new() { NameString = "Lineage" });
        await Assertions.Expect(picture.GetByRole(AriaRole.Link, new() { NameString = "total, orders, 2 steps upstream" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { NameString = "Upstream: 2" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_diagram_leads_to_its_tables()
    {
        var page = await pages.OpenAsync(Addresses.Entity(SampleShop.Container, "diagram"));
        await page.GetByRole(AriaRole.Group, new() { NameString = "Tables" }).GetByRole(AriaRole.Link, new() { NameString = "orders:" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameString = "foreign" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("customers");
    }

    [Fact]
    public async Task A_table_names_those_that_refer_to_it()
    {
        var page = await pages.OpenAsync(Addresses.Dataset(SampleShop.Customers));
        var key = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "fk_customer" });
        await Assertions.Expect(key).ToContainTextAsync("customer_id");
        await key.GetByRole(AriaRole.Link, new() { NameString = "orders" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("orders");
    }

    [Fact]
    public async Task The_tree_leads_from_platform_to_table()
    {
        var page = await pages.OpenAsync("/browse");
        var main = page.GetByRole(AriaRole.Main);
        await main.GetByRole(AriaRole.Link, new() { NameString = "mysql" }).ClickAsync();
        await main.GetByRole(AriaRole.Link, new() { NameString = "shop", Exact = true }).ClickAsync();
        await main.GetByRole(AriaRole.Link, new() { NameString = "orders", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("orders");
    }

    [Fact]
    public async Task History_tells_what_a_run_changed()
    {
        var page = await pages.OpenAsync(Addresses.Dataset(SampleShop.Orders, "history"));
        var newest = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "version 2" });
        await Assertions.Expect(newest).ToContainTextAsync("One row an order, cancelled ones too");
        await newest.GetByRole(AriaRole.Link, new() { NameString = "second-run" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("datasetProperties");
    }

    [Fact]
    public async Task What_changed_since_yesterday_is_listed()
    {
        var page = await pages.OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { NameString = "Changes", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { NameString = "order_totals" }) })).ToContainTextAsync("New");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { NameString = "orders", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("version 2");
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        var page = await pages.OpenAsync("/");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameString = "Skip to content" })).ToBeFocusedAsync();
        await TabToAsync(page, "input[type=search]");
        await page.Keyboard.TypeAsync("order_totals");
        await page.Keyboard.PressAsync("Enter");
        await ArriveAsync(page, "/search?q=");
        await TabToAsync(page, ".results h2 a[href*=order_totals]");
        await page.Keyboard.PressAsync("Enter");
        await ArriveAsync(page, "/dataset/");
        await TabToAsync(page, ".tabs a[href*='tab=lineage']");
        await page.Keyboard.PressAsync("Enter");
        await ArriveAsync(page, "tab=lineage");
        await TabToAsync(page, ".picture .box:not(.start)");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync("order_totals");
    }

    [Fact]
    public async Task What_is_not_there_is_said_with_its_status()
    {
        var page = await pages.OpenAsync("/");
        var answer = await page.GotoAsync(Addresses.Entity("urn:li:container:none"));
        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("urn:li:container:none");
    }

    [Fact]
    public async Task An_empty_catalog_says_how_to_fill_it()
    {
        var there = await pages.OpenAsync("/");
        await using var empty = await CatalogServer.StartAsync(TestContext.Current.CancellationToken);
        await there.GotoAsync(empty.Address);
        await Assertions.Expect(there.GetByRole(AriaRole.Main)).ToContainTextAsync($"server: {empty.Address}");
    }

    private static async Task ArriveAsync(IPage page, string address)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(address)));
        await page.WaitForLoadStateAsync();
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }
        Assert.Fail($"{selector} was not reached by 60 presses of the tab key.");
    }
}
