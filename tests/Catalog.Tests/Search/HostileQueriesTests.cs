using Discovery.Catalog.Search;
using Discovery.Catalog.Search.Queries;

namespace Discovery.Catalog.Tests.Search;

public sealed class HostileQueriesTests : SearchFixture
{
    public static TheoryData<string> Texts =>
    [
        "(", ")", "((((", "))))", "\"", "\"\"", "\\", "a\\", ":", "::", "name:", ":x", "name:(", "name:\"", "NOT", "AND", "OR", "NOT NOT", "AND OR NOT", "a AND", "OR b",
        "- - -", "+", "!", "*", "**", "?", "*?*?*?*", "name:*", "*:*", "[a TO z]", "{x}", "/.*/", "/(a+)+$/", "a~2", "a^9", "&&", "||", "a && b || c", "\0", "\uD800", "a\uDFFFb",
        "😀", "...", "___", "-_-", "urn:li:", "urn:li:x", "urn:li:dataset:(((", "name:name:name:x", "name:AND", "name:-x", "(name:a OR) AND (", "\t\n", "%", "' OR 1=1 --", "<img onerror=x>",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Any_text_has_an_answer(string text)
    {
        Dataset("shop.orders", aspects: [Properties("orders", "<img onerror=x>")]);
        _ = Search(text);
        _ = Search($"orders {text}");
        _ = Search($"({text}) OR name:{text}");
        _ = Index.Complete(text, null, 10);
    }

    [Theory]
    [InlineData("a", 1_000_000)]
    [InlineData("a ", 500_000)]
    [InlineData("(", 10_000)]
    [InlineData("name:(", 10_000)]
    [InlineData("NOT ", 8_000)]
    [InlineData("a OR ", 5_000)]
    [InlineData("*a*b ", 5_000)]
    public void A_query_beyond_reason_is_refused_or_answered(string part, int times)
    {
        Dataset("shop.orders");
        try
        {
            _ = Search(string.Concat(Enumerable.Repeat(part, times)));
        }
        catch (CatalogException refused)
        {
            Assert.Equal(CatalogFault.Argument, refused.Fault);
        }
    }

    [Fact]
    public void A_filter_beyond_reason_is_refused() => Assert.Equal(CatalogFault.Argument, Assert.Throws<CatalogException>(() =>
        Search("*", All([.. Enumerable.Repeat(Where("name", "EQUAL", "x"), FilterEvaluator.MaxCriteria + 1)]))).Fault);

    [Fact]
    public void A_pattern_that_nearly_matches_everywhere_is_refused()
    {
        Dataset("t", aspects: [Tags(new string('a', 30_000), new string('a', 29_999))]);
        var pattern = new string('a', 15_000) + "b";
        Assert.Equal(CatalogFault.Argument, Assert.Throws<CatalogException>(() => Search($"tags:*{pattern}")).Fault);
        Assert.Equal(CatalogFault.Argument, Assert.Throws<CatalogException>(() => Search("*", All(Where("tags", "CONTAIN", pattern)))).Fault);
    }

    [Fact]
    public void Many_values_to_look_for_in_many_urns_are_refused()
    {
        Index.Apply([.. Enumerable.Range(0, 5_000).Select(i => State(Urn($"shop.table_{i}"), "dataset", [("datasetKey", Key($"shop.table_{i}", "mysql", "PROD"))]))]);
        Assert.Equal(CatalogFault.Argument, Assert.Throws<CatalogException>(() =>
            Search("*", All(Where("urn", "CONTAIN", [.. Enumerable.Range(0, 5_000).Select(i => $"x{i}")])))).Fault);
    }

    [Fact]
    public void An_order_of_many_fields_is_refused() => Assert.Equal(CatalogFault.Argument, Assert.Throws<CatalogException>(() =>
        Index.Search(new() { Sort = [.. Enumerable.Repeat(new SortBy("name"), 1_000)] })).Fault);

    [Theory]
    [InlineData("""{"name":5,"description":{"a":[1]},"customProperties":["x"]}""")]
    [InlineData("""{"name":null,"customProperties":{"a":null,"b":{"c":1}}}""")]
    [InlineData("""{"name":"\ud800","description":"\udfff"}""")]
    [InlineData("""[1,2]""")]
    [InlineData("5")]
    [InlineData("")]
    [InlineData("""{"name":"a","description":""")]
    public void A_value_of_another_form_than_the_model_says_is_taken_as_it_is(string properties)
    {
        var urn = Dataset("orders", aspects: [("datasetProperties", properties)]);
        Assert.Equal([urn], Find("orders"));
    }

    [Fact]
    public void A_long_text_is_searched_as_far_as_anybody_reads()
    {
        var urn = Dataset("t", aspects: [Properties(description: "first " + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"w{i} "))), Columns(new string('x', 100_000))]);
        Assert.Equal([urn], Find("first"));
        Assert.Equal([urn], Find("w77"));
    }
}
