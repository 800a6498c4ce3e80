using System.Net;
using Discovery.Web.Access;

namespace Discovery.Web.Tests.Access;

/// <summary>Roles against kinds of endpoints, with own tokens, static tokens and sessions.</summary>
public sealed class RoleTests
{
    public static TheoryData<string, string, AccessRole[]> Endpoints => new()
    {
        { "GET", "/page", [AccessRole.Viewer, AccessRole.Operator] },
        { "HEAD", "/page", [AccessRole.Viewer, AccessRole.Operator] },
        { "GET", "/nothing", [AccessRole.Viewer, AccessRole.Operator] },
        { "POST", "/aspects", [AccessRole.Operator] },
        { "PUT", "/aspects", [AccessRole.Operator] },
        { "PATCH", "/aspects", [AccessRole.Operator] },
        { "DELETE", "/aspects", [AccessRole.Operator] },
        { "OPTIONS", "/aspects", [AccessRole.Operator] },
        { "POST", "/nothing", [AccessRole.Operator] },
        { "GET", "/operate", [AccessRole.Operator] },
        { "POST", "/view", [AccessRole.Viewer, AccessRole.Operator] },
        { "POST", "/mixed", [AccessRole.Operator] },
        { "POST", "/mixed?read=1", [AccessRole.Viewer, AccessRole.Operator] },
        { "GET", "/work", [AccessRole.Worker] },
        { "POST", "/work", [AccessRole.Worker] },
        { "GET", "/config", [AccessRole.Viewer, AccessRole.Operator, AccessRole.Worker] },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Each_endpoint_lets_in_its_roles_alone(string method, string path, AccessRole[] roles)
    {
        var file = Path.GetTempFileName();
        try
        {
            await using var server = await TestServer.StartAsync(settings => settings with { TokenFile = file });
            foreach (var role in Enum.GetValues<AccessRole>())
            {
                string[] tokens = [OwnTokens.Create(server.KeyFolder, "kim", TimeSpan.FromHours(1), TimeProvider.System, role), StaticTokens.Add(file, "kim", role, null)];
                foreach (var token in tokens)
                {
                    using var answer = await server.SendAsync(HttpMethod.Parse(method), path, null, method is "GET" or "HEAD" ? null : "application/json", ("Authorization", $"Bearer {token}"));
                    Assert.Equal(roles.Contains(role), answer.StatusCode != HttpStatusCode.Forbidden);
                    if (role == AccessRole.Worker)
                    {
                        using var login = await server.SubmitAsync("/login", new() { ["token"] = token });
                        Assert.Equal(HttpStatusCode.Forbidden, login.StatusCode);
                        continue;
                    }
                    using var person = await server.SendAsync(
                        HttpMethod.Parse(method), path, null, method is "GET" or "HEAD" ? null : "application/json", await server.LogInAsync(token), ("Origin", $"http://{server.Host}"));
                    Assert.Equal(roles.Contains(role), person.StatusCode != HttpStatusCode.Forbidden);
                }
            }
            using var nobody = await server.SendAsync(HttpMethod.Parse(method), path, null, "application/json");
            Assert.Equal(path == "/config", nobody.StatusCode != HttpStatusCode.Unauthorized);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Where_no_tokens_are_asked_for_everybody_may_do_everything()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var path in new[] { "/work", "/view", "/mixed", "/aspects" })
        {
            using var answer = await server.PostAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Who_may_not_is_told_what_it_needs()
    {
        await using var server = await TestServer.StartAsync(settings => settings with { Tokens = true });
        var token = OwnTokens.Create(server.KeyFolder, "kim", TimeSpan.FromHours(1), TimeProvider.System, AccessRole.Viewer);
        using var answer = await server.PostAsync("/view/..", ("Authorization", $"Bearer {token}"));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("This needs the role operator, and kim has the role viewer.", text, StringComparison.Ordinal);
    }
}
