using System.CommandLine;
using Discovery.Ingestion.Api.Commands;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Commands;

public sealed class ApiCommandTests
{
    [Theory]
    [InlineData("60s", 60)]
    [InlineData("30m", 1800)]
    [InlineData("12h", 43_200)]
    [InlineData("90d", 7_776_000)]
    public void Durations_have_a_unit(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("60")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("1.5h")]
    [InlineData("1w")]
    [InlineData("99999999999d")]
    [InlineData("999999d")]
    public void What_is_no_duration_is_refused(string text)
    {
        Assert.Null(Duration.Parse(text));
        var error = Assert.Single(ApiCommand.Create().Parse(["--data", "d", "--recipes", "r", "--lease", text]).Errors);
        Assert.Contains("60s, 30m, 12h or 90d", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, "60 s")]
    [InlineData(90, "90 s")]
    [InlineData(7200, "2 h")]
    [InlineData(43_200, "12 h")]
    [InlineData(172_800, "2 d")]
    public void Durations_are_told_in_the_largest_unit_that_fits(int seconds, string text) => Assert.Equal(text, Duration.Write(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public async Task A_folder_that_is_in_use_ends_the_program_with_the_reason()
    {
        var folder = Directory.CreateTempSubdirectory("control-").FullName;
        using (ControlStore.Open(folder))
        {
            using var error = new StringWriter();
            var exitCode = await ApiCommand.Create().Parse(["--data", folder, "--recipes", folder, "--urls", "http://127.0.0.1:0"])
                .InvokeAsync(new InvocationConfiguration { Error = error, Output = TextWriter.Null }, TestContext.Current.CancellationToken);
            Assert.Equal(1, exitCode);
            Assert.Contains("is in use by another control plane", error.ToString(), StringComparison.Ordinal);
        }
        Directory.Delete(folder, recursive: true);
    }
}
