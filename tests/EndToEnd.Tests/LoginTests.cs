using Deque.AxeCore.Playwright;
using Discovery.Web.Access;
using Discovery.Web.Tests.Access;
using Microsoft.Playwright;

namespace Discovery.EndToEnd.Tests;

/// <summary>Logging in and out as a browser allows it: what it sends along, which cookies it keeps, where a policy lets it go.</summary>
public sealed class LoginTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_logs_in_with_a_token_and_out(bool script)
    {
        await using var server = await CatalogServer.StartAsync(TestContext.Current.CancellationToken, settings => settings with { Tokens = true });
        await using var browser = await StartBrowserAsync();
        var page = await browser.OpenAsync(server.Address, script: script);
        await page.GotoAsync("/browse");
        await page.GetByLabel("Token").FillAsync(OwnTokens.Create(server.Folder, "kim", TimeSpan.FromHours(1), TimeProvider.System));
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Browse");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Browse" })).ToHaveAttributeAsync("aria-current", "page");

        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Log in");
        await page.GotoAsync("/browse");
        await Assertions.Expect(page.GetByLabel("Token")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_logs_in_at_an_issuer_of_another_site_and_out(bool script)
    {
        await using var issuer = await OidcIssuer.StartAsync();
        await using var server = await CatalogServer.StartAsync(TestContext.Current.CancellationToken, settings => settings with
        {
            OidcIssuer = issuer.Issuer,
            OidcClientId = OidcIssuer.ClientId,
            OidcClientSecret = new ClientSecret(OidcIssuer.ClientSecret),
            OperatorGroups = ["admins"],
        });
        await using var browser = await StartBrowserAsync();
        // The issuer is at 127.0.0.1, which is another site than localhost.
        var page = await browser.OpenAsync(server.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), script: script);
        await page.GotoAsync("/changes?days=7");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Log in with" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Changes");
        Assert.EndsWith("/changes?days=7", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToContainTextAsync("kim");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Changes");

        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Log in");
        Assert.Single(issuer.Ended);
        await page.GotoAsync("/changes");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameString = "Log in with" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_log_in_page_breaks_no_rule_of_accessibility()
    {
        await using var issuer = await OidcIssuer.StartAsync();
        await using var server = await CatalogServer.StartAsync(TestContext.Current.CancellationToken, settings =>
        {
            var file = Path.Combine(settings.KeyFolder, "tokens");
            StaticTokens.Add(file, "kim", AccessRole.Viewer, null);
            return settings with { OidcIssuer = issuer.Issuer, OidcClientId = OidcIssuer.ClientId, ViewerGroups = ["admins"], TokenFile = file };
        });
        await using var browser = await StartBrowserAsync();
        var page = await browser.OpenAsync(server.Address, width: 320);
        await page.GotoAsync("/");
        await Assertions.Expect(page.GetByLabel("Token")).ToHaveCountAsync(1);
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static Task<Browser> StartBrowserAsync()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.WhyNot);
        return Browser.StartAsync();
    }
}
