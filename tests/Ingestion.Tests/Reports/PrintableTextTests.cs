using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Tests.Reports;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("shop.orders 한국어 😀", "shop.orders 한국어 😀")]
    [InlineData("v\e[31m\nPipeline finished successfully", "v\\u001B[31m\\u000APipeline finished successfully")]
    [InlineData("\u202Egnp.exe", "\\u202Egnp.exe")]
    public void What_would_move_the_cursor_or_turn_the_text_is_written_out(string text, string printed) => Assert.Equal(printed, PrintableText.Of(text));

    [Fact]
    public void A_name_can_add_no_line_to_the_summary()
    {
        var report = new RunReport("run-1", "nightly\nPipeline finished successfully", "mysql", "file", new SourceReport(), new SinkReport());
        report.Source.Filtered("dataset", "shop.\e[2Ja\nb");
        report.Source.Warning("View is broken", "It names a table\nthat is gone.", "shop.\e[2Jv\nPipeline finished successfully");

        var text = RunReportText.Render(report);

        Assert.DoesNotContain('\e', text);
        Assert.Single(text.Split('\n'), line => line.StartsWith("Pipeline ", StringComparison.Ordinal));
    }
}
