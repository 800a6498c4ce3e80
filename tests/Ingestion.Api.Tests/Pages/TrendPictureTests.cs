using Discovery.Ingestion.Api.Pages.Pictures;

namespace Discovery.Ingestion.Api.Tests.Pages;

public sealed class TrendPictureTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0 1")]
    [InlineData(0.07, "0 0.02 0.04 0.06 0.08")]
    [InlineData(1, "0 0.5 1")]
    [InlineData(59, "0 20 40 60")]
    [InlineData(100_000, "0 50,000 100,000")]
    [InlineData(101_000, "0 50,000 100,000 150,000")]
    public void Axes_have_round_numbers_up_to_one_that_no_value_passes(double largest, string labels)
    {
        var panel = new TrendPanel("Entities", top: 10, height: 100, largest);
        Assert.Equal(labels, string.Join(' ', panel.Ticks.Select(tick => tick.Label)));
        Assert.InRange(panel.Y(largest), panel.Top, panel.Bottom);
        Assert.Equal(panel.Bottom, panel.Y(0));
    }

    [Theory]
    [InlineData(90, "seconds")]
    [InlineData(900, "minutes")]
    [InlineData(9000, "hours")]
    public void The_longest_run_decides_the_unit(double seconds, string unit)
    {
        var picture = new TrendPicture([Point(0, 3, 10), Point(1, seconds, 12)]);
        Assert.Equal($"Duration in {unit}", picture.Durations.Title);
    }

    [Fact]
    public void Runs_stand_in_order_within_the_picture_and_longer_ones_are_higher()
    {
        var picture = new TrendPicture([.. Enumerable.Range(0, 30).Select(day => Point(day, seconds: 10 + day, entities: 1000 - day))]);
        Assert.Equal(30, picture.Marks.Count);
        Assert.Equal(picture.Marks.OrderBy(mark => mark.X), picture.Marks);
        Assert.Equal(picture.Marks.OrderByDescending(mark => mark.DurationY), picture.Marks);
        Assert.Equal(picture.Marks.OrderBy(mark => mark.CountY), picture.Marks);
        Assert.All(picture.Marks, mark => Assert.InRange(mark.X, TrendPicture.Left + (picture.BarWidth / 2), TrendPicture.Right - (picture.BarWidth / 2)));
        Assert.StartsWith("30 complete runs from 2026-03-02 10:00 UTC to 2026-03-31 10:00 UTC. They took from 10 s to 39 s, and gave out from 971 to 1,000 entities", picture.Summary, StringComparison.Ordinal);
    }

    private static TrendPoint Point(int day, double seconds, long entities) => new($"run-{day}", Day.AddDays(day), TimeSpan.FromSeconds(seconds), entities);
}
