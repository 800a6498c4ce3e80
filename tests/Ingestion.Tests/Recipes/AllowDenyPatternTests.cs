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
}
