using Discovery.Catalog.Search;

namespace Discovery.Catalog.Tests.Search;

public sealed class SearchFiltersTests : SearchFixture
{
    public SearchFiltersTests()
    {
        Dataset("a", aspects: [Properties("Alpha", "first", ("env", "X")), Tags("pii"), ("container", """{"container":"urn:li:container:in"}"""),
            ("browsePathsV2", """{"path":[{"id":"eu1"},{"id":"urn:li:container:out","urn":"urn:li:container:out"},{"id":"urn:li:container:in","urn":"urn:li:container:in"}]}"""),
            ("subTypes", """{"typeNames":["Table"]}""")]);
        Dataset("b", "hive", "DEV", aspects: [("datasetProperties", """{"name":"beta","created":{"time":1000}}"""), ("status", """{"removed":false}"""),
            ("browsePathsV2", """{"path":[{"id":"eu1"}]}"""), ("subTypes", """{"typeNames":["View"]}""")]);
        Dataset("C", aspects: [Removed, ("datasetProperties", """{"name":"gamma","created":{"time":2000}}""")]);
        Entity("urn:li:corpuser:jdoe", ("corpUserKey", """{"username":"jdoe"}"""), ("corpUserInfo", """{"active":true,"displayName":"Jane Doe","email":"j@x.org"}"""));
    }

    [Theory]
    [InlineData("platform", "EQUAL", "urn:li:dataPlatform:hive", "b")]
    [InlineData("platform.keyword", "EQUAL", "urn:li:dataPlatform:mysql", "a")]
    [InlineData("platform", "EQUAL", "hive", "b")]
    [InlineData("origin", "EQUAL", "DEV", "b")]
    [InlineData("customProperties", "EQUAL", "env=X", "a")]
    [InlineData("tags", "EQUAL", "urn:li:tag:pii", "a")]
    [InlineData("hasTags", "EQUAL", "true", "a")]
    [InlineData("container", "EQUAL", "urn:li:container:in", "a")]
    [InlineData("browsePathV2", "CONTAIN", "urn:li:container:out", "a")]
    [InlineData("typeNames", "EQUAL", "View", "b")]
    [InlineData("_entityType", "EQUAL", "CORP_USER", "jdoe")]
    [InlineData("_entityType", "EQUAL", "corpuser", "jdoe")]
    [InlineData("_entityType.keyword", "IN", "DATASET", "a,b")]
    [InlineData("_entityName", "EQUAL", "Jane Doe", "jdoe")]
    [InlineData("name", "EQUAL", "alpha", "")]
    [InlineData("name", "IEQUAL", "alpha", "a")]
    [InlineData("name", "START_WITH", "al", "a")]
    [InlineData("name", "END_WITH", "ETA", "b")]
    [InlineData("name", "CONTAIN", "et", "b")]
    [InlineData("email", "EQUAL", "j@x.org", "jdoe")]
    [InlineData("createdAt", "GREATER_THAN", "999", "b")]
    [InlineData("createdAt", "LESS_THAN_OR_EQUAL_TO", "1000", "b")]
    [InlineData("createdAt", "LESS_THAN", "1000", "")]
    [InlineData("createdAt", "EXISTS", "", "b")]
    [InlineData("urn", "EQUAL", "urn:li:corpuser:jdoe", "jdoe")]
    [InlineData("urn", "CONTAIN", "JDOE", "jdoe")]
    [InlineData("lowercasedUrn", "EQUAL", "urn:li:dataset:(urn:li:dataplatform:mysql,a,prod)", "a")]
    [InlineData("active", "EQUAL", "TRUE", "jdoe")]
    [InlineData("removed", "EQUAL", "true", "C")]
    [InlineData("removed", "EQUAL", "false", "b")]
    [InlineData("nosuchfield", "EQUAL", "x", "")]
    [InlineData("nosuchfield", "EXISTS", "", "")]
    public void A_criterion_finds(string field, string condition, string value, string names)
    {
        Criterion criterion = Where(field, condition, value.Length == 0 ? [] : [value]);
        Assert.Equal(names, Names(All(criterion)));
        var everything = field == "removed" ? "C,a,b,jdoe" : "a,b,jdoe";
        var others = everything.Split(',').Except(names.Split(','));
        Assert.Equal(string.Join(',', others), Names(All(criterion with { Negated = true })));
    }

    [Fact]
    public void Alternatives_are_joined_by_or_and_their_criteria_by_and() => Assert.Equal("a,jdoe", Names(new SearchFilter(
        [[Where("origin", "EQUAL", "PROD"), Where("platform", "EQUAL", "mysql")], [Where("email", "EXISTS")], [Where("origin", "EQUAL", "PROD"), Where("origin", "EQUAL", "DEV")]])));

    [Fact]
    public void Soft_deleted_entities_show_when_they_are_asked_for()
    {
        Assert.Equal(3, Index.Search(new SearchRequest()).Total);
        Assert.Equal(3, Index.Search(new SearchRequest { IncludeSoftDeleted = false }).Total);
        Assert.Equal(4, Index.Search(new SearchRequest { IncludeSoftDeleted = true }).Total);
        Assert.Empty(Index.Complete("gam", null, 10));
    }

    [Fact]
    public void Types_are_taken_in_either_form()
    {
        Assert.Equal([Urn("b", "hive", "DEV")], Find("beta", null, "DATASET"));
        Assert.Empty(Find("beta", null, "corpuser"));
    }

    [Theory]
    [InlineData("name", "REGEX", "x", CatalogFault.Argument)]
    [InlineData("createdAt", "GREATER_THAN", "yesterday", CatalogFault.Argument)]
    [InlineData("nosuchfield", "REGEX", "x", CatalogFault.Argument)]
    [InlineData("domains", "DESCENDANTS_INCL", "urn:li:domain:x", CatalogFault.NotBuilt)]
    public void A_criterion_is_refused(string field, string condition, string value, CatalogFault fault) =>
        Assert.Equal(fault, Assert.Throws<CatalogException>(() => Names(All(Where(field, condition, value)))).Fault);

    [Fact]
    public void Facets_count_all_matches_and_not_the_page()
    {
        var answer = Index.Search(new SearchRequest { Count = 1 });
        Assert.Equal([new FacetValue("DATASET", 2), new FacetValue("CORP_USER", 1)], answer.Facets.Single(facet => facet.Field == "_entityType").Values);
        var platform = answer.Facets.Single(facet => facet.Field == "platform");
        Assert.Equal("Platform", platform.DisplayName);
        Assert.Equal([new FacetValue("urn:li:dataPlatform:hive", 1), new FacetValue("urn:li:dataPlatform:mysql", 1)], platform.Values);
        Assert.DoesNotContain(answer.Facets, facet => facet.Field == "owners");
        Assert.Empty(Index.Search(new SearchRequest { Facets = [] }).Facets);
        Assert.Equal(["customProperties", "nosuchfield"], Index.Search(new SearchRequest { Facets = ["customProperties", "nosuchfield"] }).Facets.Select(facet => facet.Field));
        Assert.Single(Index.Search(new SearchRequest { FacetValues = 1 }).Facets[0].Values);
    }

    [Fact]
    public void Browsing_goes_down_a_level_at_a_time()
    {
        Assert.Equal([new FacetValue("eu1", 2)], Index.Browse(null, [], SearchFilter.All));
        Assert.Equal([new FacetValue("urn:li:container:out", 1)], Index.Browse(["dataset"], ["eu1"], SearchFilter.All));
        Assert.Equal([new FacetValue("urn:li:container:in", 1)], Index.Browse(null, ["eu1", "urn:li:container:out"], SearchFilter.All));
        Assert.Empty(Index.Browse(null, ["eu1", "urn:li:container:out", "urn:li:container:in"], SearchFilter.All));
        Assert.Equal([new FacetValue("eu1", 1)], Index.Browse(null, [], All(Where("platform", "EQUAL", "hive"))));
        Assert.Empty(Index.Browse(["corpuser"], [], SearchFilter.All));
    }

    private string Names(SearchFilter filter) => string.Join(',', Find("*", filter)
        .Select(urn => urn.Contains(',', StringComparison.Ordinal) ? urn.Split(',')[1] : urn.Split(':')[^1]).Order(StringComparer.Ordinal));
}
