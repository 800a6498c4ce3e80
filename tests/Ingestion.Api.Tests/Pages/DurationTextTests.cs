using Discovery.Ingestion.Api.Pages.Words;

namespace Discovery.Ingestion.Api.Tests.Pages;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(-3, "0.0 s")]
    [InlineData(0.04, "0.0 s")]
    [InlineData(3.42, "3.4 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 00 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(3599.6, "1 h 00 min")]
    [InlineData(3720, "1 h 02 min")]
    [InlineData(86_399, "1 d 00 h")]
    [InlineData(183_600, "2 d 03 h")]
    public void Durations_are_told_in_two_units(double seconds, string text) => Assert.Equal(text, DurationText.Of(TimeSpan.FromSeconds(seconds)));
}
