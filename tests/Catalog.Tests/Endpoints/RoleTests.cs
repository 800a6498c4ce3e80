using System.Net;
using System.Net.Http.Json;
using System.Text;
using Discovery.Catalog.Endpoints;
using Discovery.Web.Access;

namespace Discovery.Catalog.Tests.Endpoints;

/// <summary>Who may do what, at every endpoint that the catalog offers.</summary>
public sealed class RoleTests(ClosedCatalogServer server) : IClassFixture<ClosedCatalogServer>
{
    /// <summary>What reads though it is asked by POST.</summary>
    private static readonly string[] Reads =
    [
        "/aspects?action=getTimeseriesAspectValues", "/aspects?action=getCount",
        "/entities?action=listUrns", "/entities?action=exists", "/entities?action=filterExistingUrns", "/entities?action=getTotalEntityCount", "/entities?action=batchGetTotalEntityCount",
        "/entities?action=search", "/entities?action=filter", "/entities?action=searchAcrossEntities", "/entities?action=scrollAcrossEntities",
        "/entities?action=searchAcrossLineage", "/entities?action=autocomplete", "/entities?action=browse",
        "/runs?action=list", "/runs?action=describe",
        "/openapi/v3/entity/scroll", "/openapi/v3/entity/{type}/scroll", "/openapi/v3/entity/{type}/batchGet", "/openapi/v3/entity/generic/batchGet", "/openapi/v2/entity/batch/{type}",
        "/openapi/v3/relationship/scroll", "/openapi/v3/lineage/scroll", "/openapi/v1/trace/write/{id}",
        "/api/graphql",
    ];

    public static TheoryData<string, string> Endpoints =>
        [.. RestLiEndpoints.All.Concat(OpenApiEndpoints.All).Concat(GraphQlEndpoints.All)
            .Where(endpoint => endpoint is { Handle: not null, IsOpen: false })
            .Select(endpoint => (endpoint.Method == "*" ? "POST" : endpoint.Method, endpoint.Action is null ? endpoint.Route : $"{endpoint.Route}?action={endpoint.Action}"))
            .Distinct()];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Viewers_read_operators_write_and_workers_do_neither(string method, string path)
    {
        var isRead = method is "GET" or "HEAD" || Reads.Contains(path);
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(method, path, null));
        Assert.Equal(isRead, await SendAsync(method, path, AccessRole.Viewer) != HttpStatusCode.Forbidden);
        Assert.NotEqual(HttpStatusCode.Forbidden, await SendAsync(method, path, AccessRole.Operator));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(method, path, AccessRole.Worker));
    }

    [Theory]
    [InlineData(AccessRole.Viewer, "{ me { corpUser { urn } } }", true)]
    [InlineData(AccessRole.Viewer, """mutation { createTag(input: { name: "x" }) }""", false)]
    [InlineData(AccessRole.Viewer, """query a { me { corpUser { urn } } } mutation b { createTag(input: { name: "x" }) }""", false)]
    [InlineData(AccessRole.Operator, """mutation { createTag(input: { name: "x" }) }""", true)]
    public async Task A_viewer_asks_GraphQL_for_everything_and_changes_nothing(AccessRole role, string query, bool isAnswered)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url + "/api/graphql") { Content = JsonContent.Create(new { query, operationName = query.StartsWith("query", StringComparison.Ordinal) ? "b" : null }) };
        request.Headers.Authorization = new("Bearer", server.TokenOf(role));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(isAnswered, text.Contains("\"data\"", StringComparison.Ordinal));
        Assert.Equal(!isAnswered, text.Contains("needs the role operator", StringComparison.Ordinal));
    }

    private async Task<HttpStatusCode> SendAsync(string method, string path, AccessRole? role)
    {
        // The body is none of any endpoint: nothing is written.
        using var content = new StringContent("[]", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(server.Url + path.Replace("{type}", "tag", StringComparison.Ordinal).Replace("{**urn}", "x", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal)));
        request.Content = method is "GET" or "HEAD" ? null : content;
        if (role is { } given)
        {
            request.Headers.Authorization = new("Bearer", server.TokenOf(given));
        }
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
