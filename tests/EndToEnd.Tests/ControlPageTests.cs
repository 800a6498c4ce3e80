using System.Net;
using System.Text.RegularExpressions;
using Discovery.Ingestion.Control;
using Microsoft.Playwright;

namespace Discovery.EndToEnd.Tests;

public sealed partial class ControlPageTests(ControlFixture control)
{
    [Fact]
    public async Task A_run_is_started_watched_and_cancelled()
    {
        var page = await control.OpenAsync("/ingestion");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now: live", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Run of live");
        await Assertions.Expect(page.Locator("main .badge").First).ToHaveTextAsync("waiting");

        using var worker = new ControlWorker(control.Address, "w1");
        await ClaimOfAsync(worker, page);
        await Assertions.Expect(page.Locator("main .badge").First).ToHaveTextAsync("running");
        await worker.BeatAsync(SampleReport.Progress(1234), (LogLineLevel.Info, "Reads the databases"), (LogLineLevel.Warning, SampleShop.Hostile));
        await Assertions.Expect(page.Locator("[data-live=progress]")).ToContainTextAsync("1,234");
        await Assertions.Expect(page.Locator(".log li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".log li").Nth(1)).ToContainTextAsync(SampleShop.Hostile);

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel this run" }).ClickAsync();
        await Assertions.Expect(page.Locator("main .badge").First).ToHaveTextAsync("running, asked to end");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel this run" })).ToHaveCountAsync(0);
        Assert.Equal("Cancelled on request.", await worker.BeatAsync(null));
        await worker.FinishAsync(RunState.Cancelled, lines: [(LogLineLevel.Info, "Ends")]);
        await Assertions.Expect(page.Locator("main .badge").First).ToHaveTextAsync("cancelled");
        await Assertions.Expect(page.Locator(".notice.warn")).ToHaveTextAsync("Cancelled on request.");
        await Assertions.Expect(page.Locator(".log li")).ToHaveCountAsync(3);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_scripts_a_run_is_started_and_followed_by_links()
    {
        var page = await control.OpenAsync("/ingestion/recipes/live", script: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Dry run: live" }).ClickAsync();
        using var worker = new ControlWorker(control.Address, "w1");
        await ClaimOfAsync(worker, page);
        await worker.BeatAsync(SampleReport.Progress(77), (LogLineLevel.Info, "Reads the databases"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Refresh" }).ClickAsync();
        await Assertions.Expect(page.Locator("main .badge").First).ToHaveTextAsync("running");
        await Assertions.Expect(page.Locator(".log li")).ToHaveCountAsync(1);
        await worker.FinishAsync(RunState.Succeeded, report: SampleReport.Complete(77));
        await page.GetByRole(AriaRole.Link, new() { Name = "Refresh" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Counts" })).ToContainTextAsync("77");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Lines_are_there_once_after_a_lost_connection()
    {
        var page = await control.OpenElsewhereAsync(control.Address);
        // Two connections that are lost, of which the second repeats a line, and an end.
        var answers = new Queue<string>([$"retry: 1\n\n{Event(3)}{Event(4)}", $"{Event(4)}{Event(5)}"]);
        var after = new List<string?>();
        await page.RouteAsync("**/events?*", route =>
        {
            after.Add(route.Request.Headers.GetValueOrDefault("last-event-id"));
            return answers.TryDequeue(out var body) ? route.FulfillAsync(new() { ContentType = "text/event-stream", Body = body }) : route.FulfillAsync(new() { Status = 204 });
        });
        await page.GotoAsync(control.PathOf("running run"));
        await Assertions.Expect(page.Locator("[data-live=connection]")).ToHaveTextAsync("This page does not change any more.");
        await Assertions.Expect(page.Locator(".log li")).ToHaveCountAsync(5);
        Assert.Equal([null, "4", "5"], after);
        await page.Context.CloseAsync();

        static string Event(int line) => $"id: {line}\nevent: log\ndata: {{\"number\":{line},\"time\":\"2026-01-31T08:15:00Z\",\"level\":\"info\",\"text\":\"Line {line}\"}}\n\n";
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_starts_one_run()
    {
        using var client = Client();
        var html = await client.GetStringAsync("/ingestion/recipes/twice", TestContext.Current.CancellationToken);
        var key = Key().Match(html).Groups[1].Value;
        var addresses = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await SendAsync(client, "/ingestion/recipes/twice/runs", key);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            addresses.Add(answer.Headers.Location!.ToString());
        }
        Assert.Single(addresses.Distinct());
    }

    [Fact]
    public async Task A_form_of_another_site_starts_nothing()
    {
        using var client = Client();
        using var answer = await SendAsync(client, "/ingestion/recipes/twice/runs", "foreign", origin: "http://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/ingestion/runs?state=asleep", HttpStatusCode.BadRequest)]
    [InlineData("/ingestion/runs/none", HttpStatusCode.NotFound)]
    [InlineData("/ingestion/runs/none/log", HttpStatusCode.NotFound)]
    [InlineData("/ingestion/recipes/none", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_said_with_its_status(string path, HttpStatusCode status)
    {
        using var client = Client();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_whole_log_is_text()
    {
        using var client = Client();
        using var answer = await client.GetAsync(new Uri($"{control.PathOf("complete run")}/log", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("Z info    11 databases are visible", lines[0], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task A_waiting_run_says_what_it_waits_for()
    {
        var page = await control.OpenAsync(control.PathOf("waiting run"));
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("one recipe never runs twice at once");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_recipe_page_tells_schedule_trend_and_runs()
    {
        var page = await control.OpenAsync("/ingestion/recipes/shop");
        var main = page.GetByRole(AriaRole.Main);
        await Assertions.Expect(main.GetByRole(AriaRole.List, new() { Name = "Next runs" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        await Assertions.Expect(main).ToContainTextAsync("Europe/Berlin");
        await Assertions.Expect(main.GetByRole(AriaRole.Img, new() { Name = "Durations and entities" })).ToHaveAccessibleNameAsync(new Regex("6 complete runs .* from 44 to 59 entities"));
        await Assertions.Expect(main.Locator(".chart .bar")).ToHaveCountAsync(6);
        await page.GetByText("The same as a table").ClickAsync();
        await Assertions.Expect(main.GetByRole(AriaRole.Region, new() { Name = "Last complete runs" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(7);
        await main.GetByRole(AriaRole.Link, new() { Name = "All its runs" }).ClickAsync();
        await page.GetByLabel("State").SelectOptionAsync("failed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Runs" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_changed_since_the_run_before_is_told_by_database_and_table()
    {
        var page = await control.OpenAsync(control.PathOf("complete run"));
        var main = page.GetByRole(AriaRole.Main);
        await Assertions.Expect(main).ToContainTextAsync("1 new, 1 changed, 1 not seen any more. Nothing is removed for that.");
        await main.GetByRole(AriaRole.Region, new() { Name = "Changes per database" }).GetByRole(AriaRole.Link, new() { Name = "shop" }).ClickAsync();
        var orders = main.Locator(".results > li").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "shop.orders", Exact = true }) });
        await Assertions.Expect(orders).ToContainTextAsync("Column total was decimal(10,2) and is decimal(12,2)");
        await Assertions.Expect(orders).ToContainTextAsync("Column total cannot be null any more");
        await Assertions.Expect(orders).ToContainTextAsync("Column gone removed int");
        await Assertions.Expect(orders).ToContainTextAsync($"Comment was One row an order and is {SampleShop.Hostile}");
        await page.GetByLabel("Change", new() { Exact = true }).SelectOptionAsync("unseen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(main.Locator(".results > li")).ToHaveCountAsync(1);
        await Assertions.Expect(main.Locator(".results > li")).ToContainTextAsync("shop.old_orders");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_empty_control_plane_says_how_to_fill_it()
    {
        await using var empty = await ControlSite.StartAsync(new Dictionary<string, string>());
        using var client = new HttpClient();
        var html = WebUtility.HtmlDecode(await client.GetStringAsync($"{empty.Address}/ingestion", TestContext.Current.CancellationToken));
        Assert.Contains("./discovery recipe deploy", html, StringComparison.Ordinal);
        Assert.Contains($"./discovery worker --api {empty.Address}", html, StringComparison.Ordinal);
    }

    private static async Task ClaimOfAsync(ControlWorker worker, IPage page)
    {
        await worker.ClaimAsync();
        Assert.EndsWith($"/{worker.Run}", page.Url, StringComparison.Ordinal);
    }

    private HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(control.Address), DefaultRequestHeaders = { { "Accept", "text/html" } } };

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string key, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([new("kind", "run"), new("key", key)]),
            Headers = { { "Origin", origin ?? control.Address } },
        };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"key\" value=\"([0-9A-Fa-f]+)\"")]
    private static partial Regex Key();
}
