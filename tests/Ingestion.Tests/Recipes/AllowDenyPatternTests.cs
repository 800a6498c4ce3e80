using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class AllowDenyPatternTests
{
    [Fact]
    public void A_deny_match_wins_over_an_allow_match()
    {
        var filter = new AllowDenyPattern(["shop"], ["shop_tmp"], ignoreCase: true);
        Assert.True(filter.Allows("shop_old"));
        Assert.False(filter.Allows("shop_tmp_1"));
        Assert.False(filter.Allows("my_shop"));
    }

    [Fact]
    public void Without_a_pattern_nothing_is_allowed() => Assert.False(new AllowDenyPattern([], [], ignoreCase: true).Allows("shop"));

    [Fact]
    public void Allowing_all_takes_any_name() => Assert.True(AllowDenyPattern.AllowAll.Allows("a\nb"));

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Case_is_ignored_unless_told_otherwise(bool ignoreCase, bool allowed) =>
        Assert.Equal(allowed, new AllowDenyPattern(["SHOP"], [], ignoreCase).Allows("shop"));

    [Theory]
    [InlineData("^shop$", "shop")]
    [InlineData("shop_eu$", "shop_eu")]
    [InlineData(@"^shop\.eu\-1\_x$", "shop.eu-1_x")]
    [InlineData("^엣지$", "엣지")]
    [InlineData("shop", null)]
    [InlineData("^shop", null)]
    [InlineData("^shop.$", null)]
    [InlineData("^(shop|crm)$", null)]
    [InlineData(@"^shop\d$", null)]
    [InlineData(@"^shop\$", null)]
    [InlineData("^$", null)]
    [InlineData(".*", null)]
    public void A_pattern_that_is_one_name_is_known_as_such(string pattern, string? name) =>
        Assert.Equal(name is null ? [] : [name], new AllowDenyPattern([pattern], [], ignoreCase: true).ExactNames);
}
