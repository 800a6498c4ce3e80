using Discovery.Catalog.Search;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Tests.Search;

public sealed class SearchOrderTests : SearchFixture
{
    [Fact]
    public void The_exact_name_comes_first_then_names_that_begin_so_then_other_fields()
    {
        Dataset("s.z", aspects: [Properties("orders_daily")]);
        Dataset("s.y", aspects: [Properties("orders")]);
        Dataset("s.x", aspects: [Properties("my_orders")]);
        Dataset("s.w", aspects: [Properties("t", "all orders")]);
        Assert.Equal([Urn("s.y"), Urn("s.z"), Urn("s.x"), Urn("s.w")], Find("Orders"));
    }

    [Fact]
    public void A_rare_word_counts_more_and_a_deprecated_entity_less()
    {
        for (var i = 0; i < 20; i++)
        {
            Dataset($"c{i:00}", aspects: [Properties(description: "common")]);
        }
        Dataset("r1", aspects: [Properties(description: "rare"), ("deprecation", """{"deprecated":true}""")]);
        Dataset("r2", aspects: [Properties(description: "rare")]);
        Assert.Equal([Urn("r2"), Urn("r1"), Urn("c00")], Find("common OR rare").Take(3));
    }

    [Fact]
    public void What_changed_last_comes_first()
    {
        foreach (var (name, time) in new[] { ("a", 5_000L), ("b", 9_000L), ("c", 1_000L) })
        {
            Index.Apply([new EntityState(Urn(name), "dataset", [new StoredAspect(Urn(name), "datasetKey", 0, "{}"u8.ToArray(), default, time, "")])]);
        }
        Assert.Equal([Urn("b"), Urn("a"), Urn("c")], Index.Search(new SearchRequest { Sort = [new SortBy("_changedOn", Descending: true)] }).Matches.Select(match => match.Urn));
    }

    [Fact]
    public void Matches_alike_are_ordered_by_urn_whatever_came_first()
    {
        Dataset("b");
        Dataset("c");
        Dataset("a");
        Assert.Equal([Urn("a"), Urn("b"), Urn("c")], Find("*"));
        Assert.Equal([Urn("a"), Urn("b"), Urn("c")], Find("mysql"));
    }

    [Fact]
    public void Sorting_by_a_field_leaves_those_without_it_to_the_end()
    {
        Dataset("a", aspects: [("datasetProperties", """{"name":"x","created":{"time":30}}""")]);
        Dataset("b", aspects: [("datasetProperties", """{"name":"z","created":{"time":4}}""")]);
        Dataset("c");
        Assert.Equal(["b", "a", "c"], Sorted(new SortBy("createdAt")));
        Assert.Equal(["a", "b", "c"], Sorted(new SortBy("createdAt", Descending: true)));
        Assert.Equal(["b", "a", "c"], Sorted(new SortBy("name", Descending: true)));
        Assert.Equal(["c", "b", "a"], Sorted(new SortBy("urn", Descending: true)));
        Assert.Equal(["c", "b", "a"], Sorted(new SortBy("platform"), new SortBy("urn", Descending: true)));
        Assert.Equal(["a", "b", "c"], Sorted(new SortBy("nosuchfield")));
    }

    [Theory]
    [InlineData("*", null)]
    [InlineData("word", null)]
    [InlineData("word", "createdAt")]
    [InlineData("*", "name")]
    [InlineData("word OR row", null)]
    public void Scrolling_sees_everything_once_while_others_come_and_go(string query, string? sort)
    {
        for (var i = 0; i < 50; i++)
        {
            Dataset($"t{i:00}", aspects: [("datasetProperties", $$"""{"name":"n{{i % 7}}","description":"{{(i % 3 == 0 ? "word row" : "word")}}","created":{"time":{{i % 5}} } }""")]);
        }
        var seen = new List<string>();
        string? scroll = null;
        do
        {
            var answer = Index.Search(new SearchRequest { Query = query, Count = 7, ScrollId = scroll, Sort = sort is null ? [] : [new SortBy(sort)], Facets = [] });
            seen.AddRange(answer.Matches.Select(match => match.Urn));
            scroll = answer.ScrollId;
            Dataset($"late{seen.Count}", aspects: [Properties(description: "word")]);
            Entity(Urn($"late{seen.Count}"));
            // What was seen already goes away.
            Entity(seen[0]);
        }
        while (scroll is not null);
        Assert.Equal(50, seen.Count);
        Assert.Equal(50, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("e30")]
    [InlineData("bnVsbA")]
    [InlineData("AAAA////")]
    [InlineData("eyJQbGFjZSI6WyJ4Il0sIlJhcml0aWVzIjpbXX0")]
    [InlineData("eyJQbGFjZSI6WyJ4IiwieSJdLCJSYXJpdGllcyI6W119")]
    public void A_malformed_scroll_id_is_refused(string scroll)
    {
        Dataset("word");
        var fault = Assert.Throws<CatalogException>(() => Index.Search(new SearchRequest { Query = "word", ScrollId = scroll }));
        Assert.Equal(CatalogFault.Argument, fault.Fault);
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(0, -1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_page_outside_of_what_there_can_be_is_refused(int start, int count) => Assert.Equal(
        CatalogFault.Argument, Assert.Throws<CatalogException>(() => Index.Search(new SearchRequest { Start = start, Count = count })).Fault);

    [Fact]
    public void Pages_by_start_and_count()
    {
        Dataset("a");
        Dataset("b");
        Assert.Equal([Urn("b")], Index.Search(new SearchRequest { Start = 1, Count = 5 }).Matches.Select(match => match.Urn));
        Assert.Empty(Index.Search(new SearchRequest { Start = 7 }).Matches);
        var none = Index.Search(new SearchRequest { Count = 0 });
        Assert.True(none is { Total: 2, Matches: [], ScrollId: null });
    }

    [Fact]
    public void Names_are_completed_best_first()
    {
        Dataset("s.x", aspects: [Properties("my_orders")]);
        Dataset("s.y", aspects: [Properties("orders_daily")]);
        Dataset("s.z", aspects: [Properties("Orders")]);
        Dataset("s.고객주문");
        Dataset("s.w", aspects: [Properties("t", "orders")]);
        Assert.Equal(["Orders", "orders_daily", "my_orders"], Index.Complete("ord", null, 10).Select(each => each.Text));
        Assert.Equal(["Orders", "orders_daily"], Index.Complete("o", null, 10).Select(each => each.Text));
        Assert.Equal(["s.고객주문"], Index.Complete("고객", null, 10).Select(each => each.Text));
        Assert.Equal(["my_orders"], Index.Complete("my ord", ["dataset"], 10).Select(each => each.Text));
        Assert.Empty(Index.Complete("ord", ["container"], 10));
        Assert.Single(Index.Complete("ord", null, 1));
        Assert.Empty(Index.Complete(" ", null, 10));
    }

    private string[] Sorted(params SortBy[] sort) =>
        [.. Index.Search(new SearchRequest { Sort = sort }).Matches.Select(match => match.Urn.Split(',')[1])];
}
