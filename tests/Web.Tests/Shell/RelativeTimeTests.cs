using Discovery.Web.Shell;

namespace Discovery.Web.Tests.Shell;

public sealed class RelativeTimeTests
{
    [Theory]
    [InlineData(0.4, "now")]
    [InlineData(-1, "1 second ago")]
    [InlineData(59.9, "in 59 seconds")]
    [InlineData(-3600, "1 hour ago")]
    [InlineData(7260, "in 2 hours")]
    [InlineData(-86_400_000, "1,000 days ago")]
    public void Distances_are_told_in_the_largest_whole_unit(double seconds, string words) =>
        Assert.Equal(words, RelativeTime.Of(DateTimeOffset.UnixEpoch.AddSeconds(seconds), DateTimeOffset.UnixEpoch));
}
