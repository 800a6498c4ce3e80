using System.Net;
using Discovery.Catalog.Tests.Endpoints;

namespace Discovery.Catalog.Tests.Pages;

public sealed class PageEndpointTests(CatalogServer server) : IClassFixture<CatalogServer>
{
    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/search?q=orders", HttpStatusCode.OK)]
    [InlineData("/entity/urn:li:tag:none", HttpStatusCode.NotFound)]
    public async Task What_only_looks_whether_a_page_is_there_gets_its_status(string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_search_with_thousands_of_filters_is_told_what_is_wrong()
    {
        using var answer = await server.Client.GetAsync("/search?" + string.Join('&', Enumerable.Range(0, 1_000).Select(i => $"tag=t{i}")), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("1000 filters", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
