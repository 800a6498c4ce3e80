using System.Net;
using System.Text;
using Discovery.Web.Access;

namespace Discovery.Ingestion.Api.Tests.Access;

/// <summary>Each endpoint against each role. A new endpoint has to be written down here with the role that it is for.</summary>
public sealed class EndpointRoleTests(AccessServer server) : IClassFixture<AccessServer>
{
    /// <summary>The role that an endpoint needs; null where it is open to everybody.</summary>
    private static readonly Dictionary<string, AccessRole?> Needed = new()
    {
        ["GET /health"] = null,
        ["GET /alive"] = null,
        ["GET /login"] = null,
        ["POST /login"] = null,
        ["POST /logout"] = null,
        ["GET /assets/discovery.css"] = null,
        ["HEAD /assets/discovery.css"] = null,
        ["GET /assets/discovery.svg"] = null,
        ["HEAD /assets/discovery.svg"] = null,
        ["GET /assets/live-run.js"] = null,
        ["HEAD /assets/live-run.js"] = null,
        ["GET /"] = AccessRole.Viewer,
        ["HEAD /"] = AccessRole.Viewer,
        ["GET /ingestion"] = AccessRole.Viewer,
        ["HEAD /ingestion"] = AccessRole.Viewer,
        ["GET /ingestion/recipes/{name}"] = AccessRole.Viewer,
        ["HEAD /ingestion/recipes/{name}"] = AccessRole.Viewer,
        ["GET /ingestion/runs"] = AccessRole.Viewer,
        ["HEAD /ingestion/runs"] = AccessRole.Viewer,
        ["GET /ingestion/runs/{id}"] = AccessRole.Viewer,
        ["HEAD /ingestion/runs/{id}"] = AccessRole.Viewer,
        ["GET /ingestion/runs/{id}/changes"] = AccessRole.Viewer,
        ["HEAD /ingestion/runs/{id}/changes"] = AccessRole.Viewer,
        ["GET /ingestion/runs/{id}/log"] = AccessRole.Viewer,
        ["HEAD /ingestion/runs/{id}/log"] = AccessRole.Viewer,
        ["POST /ingestion/recipes/{name}/runs"] = AccessRole.Operator,
        ["POST /ingestion/runs/{id}/cancel"] = AccessRole.Operator,
        ["GET /api/v1/openapi.json"] = AccessRole.Viewer,
        ["GET /api/v1/recipes"] = AccessRole.Viewer,
        ["GET /api/v1/recipes/{name}"] = AccessRole.Viewer,
        ["GET /api/v1/runs"] = AccessRole.Viewer,
        ["POST /api/v1/runs"] = AccessRole.Operator,
        ["GET /api/v1/runs/{id}"] = AccessRole.Viewer,
        ["GET /api/v1/runs/{id}/report"] = AccessRole.Viewer,
        ["GET /api/v1/runs/{id}/log"] = AccessRole.Viewer,
        ["GET /api/v1/runs/{id}/events"] = AccessRole.Viewer,
        ["GET /api/v1/runs/{id}/diff"] = AccessRole.Viewer,
        ["POST /api/v1/runs/{id}/cancel"] = AccessRole.Operator,
        ["GET /api/v1/workers"] = AccessRole.Viewer,
        ["POST /api/v1/worker/claims"] = AccessRole.Worker,
        ["POST /api/v1/worker/runs/{id}/beat"] = AccessRole.Worker,
        ["POST /api/v1/worker/runs/{id}/structures"] = AccessRole.Worker,
        ["POST /api/v1/worker/runs/{id}/finish"] = AccessRole.Worker,
        ["POST /api/v1/worker/runs/{id}/release"] = AccessRole.Worker,
    };

    public static TheoryData<string> Endpoints => [.. Needed.Keys];

    [Fact]
    public void Every_endpoint_is_written_down() => Assert.Equal(Needed.Keys.Order(StringComparer.Ordinal), server.Endpoints.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Each_endpoint_lets_in_its_role_alone(string endpoint)
    {
        var needed = Needed[endpoint];
        foreach (var role in (AccessRole?[])[null, AccessRole.Viewer, AccessRole.Operator, AccessRole.Worker])
        {
            var may = needed is null || role == needed || (role == AccessRole.Operator && needed == AccessRole.Viewer);
            var status = await SendAsync(HttpMethod.Parse(endpoint.Split(' ')[0]), server.Endpoints[endpoint], role);
            Assert.Equal((endpoint, role, !may && role is null, !may && role is not null), (endpoint, role, status == HttpStatusCode.Unauthorized, status == HttpStatusCode.Forbidden));
        }
    }

    [Theory]
    [InlineData("/API/V1/Worker/Claims")]
    [InlineData("/api/v1/%77orker/claims")]
    [InlineData("/api/v1/worker/claims/")]
    public async Task Another_spelling_of_an_address_is_no_way_in(string address)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(HttpMethod.Post, address, null));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Post, address, AccessRole.Viewer));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Post, address, AccessRole.Operator));
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string address, AccessRole? role)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = role is { } known ? server.Bearer(known) : null;
        request.Content = method == HttpMethod.Post ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
