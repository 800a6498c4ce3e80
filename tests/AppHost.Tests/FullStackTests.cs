using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.DataHub;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.AppHost.Tests;

/// <summary>The whole platform in containers; skipped where DataHub's images can neither be found nor pulled.</summary>
[Trait("Category", "Long")]
public sealed class FullStackTests
{
    private const string Table = "urn:li:dataset:(urn:li:dataPlatform:mysql,geo.country,PROD)";

    [Fact]
    public async Task The_fleet_is_in_DataHub_and_people_log_in_there()
    {
        await using var host = await RunningHost.StartAsync();
        await host.BecomeHealthyAsync("datahub", "datahub-frontend", "keycloak", "api", "worker");
        await host.SucceedAsync(runs: 1, await host.CommandAsync("api", "mint-token"));

        var model = host.App.Services.GetRequiredService<DistributedApplicationModel>();
        var datahub = model.Resources.OfType<DataHubResource>().Single();
        using var program = new HttpClient { BaseAddress = new Uri(datahub.Gms.HttpEndpoint.Url) };
        var address = $"/openapi/v3/entity/dataset/{Uri.EscapeDataString(Table)}";
        using var refused = await program.GetAsync(address, host.Patient);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await DataHubAccessToken.MakeAsync(datahub, "test", host.Patient));
        using var found = await program.GetAsync(address, host.Patient);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);

        using var browser = KeycloakPages.NewBrowser();
        var frontend = datahub.Frontend.HttpEndpoint.Url;
        var page = await FollowAsync(browser, $"{frontend}/sso", to: "/realms/discovery/");
        var back = await KeycloakPages.LogInAsync(browser, page, "alice", (await model.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "demo-user-password").GetValueAsync(host.Patient))!);
        await FollowAsync(browser, back, to: null);
        using var me = await browser.PostAsJsonAsync($"{frontend}/api/v2/graphql", new { query = "{ me { corpUser { username } } }" }, host.Patient);
        Assert.Contains("\"alice\"", await me.Content.ReadAsStringAsync(host.Patient), StringComparison.Ordinal);
    }

    /// <summary>Follows redirects up to an address with a certain part, or to their end.</summary>
    private static async Task<string> FollowAsync(HttpClient browser, string address, string? to)
    {
        while (to is null || !address.Contains(to, StringComparison.Ordinal))
        {
            using var answer = await browser.GetAsync(address, TestContext.Current.CancellationToken);
            if (answer.Headers.Location is not { } next)
            {
                Assert.True(to is null, $"{address} does not lead to {to}");
                return address;
            }
            address = new Uri(new Uri(address), next).AbsoluteUri;
        }
        return address;
    }
}
