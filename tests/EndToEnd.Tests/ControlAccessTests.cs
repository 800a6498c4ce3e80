using System.Net;
using System.Net.Http.Headers;
using Discovery.Ingestion.Control;
using Discovery.Web.Access;
using Microsoft.Playwright;

namespace Discovery.EndToEnd.Tests;

public sealed class ControlAccessTests(ControlFixture control) : IAsyncLifetime
{
    private readonly Dictionary<AccessRole, string> _tokens = [];
    private ControlSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ControlSite.StartAsync(new Dictionary<string, string> { ["live.yml"] = SampleRecipes.Text() }, (settings, folder) =>
    {
        var file = Path.Combine(folder, "tokens");
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            _tokens.Add(role, StaticTokens.Add(file, $"a-{role}", role, expires: null));
        }
        return settings with { Tokens = true, TokenFile = file };
    });

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_operator_logs_in_starts_a_run_sees_it_live_and_logs_out()
    {
        var page = await control.OpenElsewhereAsync(_site.Address);
        await LogInAsync(page, AccessRole.Operator);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now: live" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("by a-Operator");
        var run = page.Url;
        using var worker = new ControlWorker(_site.Address, "w1", _tokens[AccessRole.Worker]);
        await worker.ClaimAsync();
        await worker.BeatAsync(SampleReport.Progress(4321), (LogLineLevel.Info, "Reads the databases"));
        await Assertions.Expect(page.Locator("[data-live=progress]")).ToContainTextAsync("4,321");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await page.GotoAsync(run);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Log in");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_viewer_sees_no_buttons()
    {
        var page = await control.OpenElsewhereAsync(_site.Address);
        await LogInAsync(page, AccessRole.Viewer);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recipes" })).ToContainTextAsync("live");
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(AccessRole.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(AccessRole.Worker, HttpStatusCode.Forbidden)]
    [InlineData(AccessRole.Operator, HttpStatusCode.SeeOther)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Forms_are_for_operators(AccessRole? role, HttpStatusCode status)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_site.Address}/ingestion/recipes/live/runs")
        {
            Content = new FormUrlEncodedContent([new("kind", "run"), new("key", "0123456789")]),
            Headers = { { "Origin", _site.Address } },
        };
        request.Headers.Authorization = role is { } known ? new AuthenticationHeaderValue("Bearer", _tokens[known]) : null;
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
    }

    private async Task LogInAsync(IPage page, AccessRole role)
    {
        await page.GotoAsync("/ingestion");
        await page.GetByLabel("Token").FillAsync(_tokens[role]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Recipes");
    }
}
