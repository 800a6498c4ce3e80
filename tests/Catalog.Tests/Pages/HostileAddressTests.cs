using Discovery.Catalog.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Discovery.Catalog.Tests.Pages;

public sealed class HostileAddressTests
{
    [Fact]
    public void A_column_of_a_column_of_a_column_leads_to_the_inner_one()
    {
        const int Levels = 20_000;
        var urn = string.Concat(Enumerable.Repeat("urn:li:schemaField:(", Levels)) + "x" + string.Concat(Enumerable.Repeat(",c)", Levels));
        Assert.StartsWith("/entity/urn%3Ali%3AschemaField", PageAddress.Entity(urn), StringComparison.Ordinal);
    }

    [Fact]
    public void More_filters_than_anybody_chooses_are_refused()
    {
        // Each of them is a link with all the others in it.
        var query = new QueryCollection(new Dictionary<string, StringValues> { ["tag"] = new([.. Enumerable.Range(0, 4_000).Select(i => $"t{i}")]) });
        Assert.Equal(CatalogFault.Argument, Assert.Throws<CatalogException>(() => SearchQuery.Read(query)).Fault);
    }
}
