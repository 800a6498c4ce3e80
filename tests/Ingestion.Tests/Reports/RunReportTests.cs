using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Tests.Reports;

public sealed class RunReportTests
{
    private readonly RunReport _report = new("run-1", null, "mysql", "file", new SourceReport(), new SinkReport());

    [Fact]
    public void Names_of_a_source_cannot_steer_the_terminal_or_add_a_line()
    {
        _report.Source.Connected(new ConnectionReport("db:3306", "10.11\e[2J", Encrypted: false, Verified: false));
        _report.Source.Read("data\aset");
        _report.Source.Filtered("dataset", "shop.\e]0;owned\a");
        _report.Source.Warning("Title", "text\r", "shop.x\nPipeline finished successfully; produced 9 events in 1 seconds.");
        _report.Sink.Failure("Title", "\u202etxet");

        var text = RunReportText.Render(_report);

        Assert.DoesNotContain(text, c => (char.IsControl(c) && c != '\n') || c == '\u202e');
        Assert.Single(text.Split('\n'), line => line.StartsWith("Pipeline", StringComparison.Ordinal));
        Assert.Contains("shop.\\u001B]0;owned\\u0007", text, StringComparison.Ordinal);
        Assert.Contains("    shop.x\\u000APipeline finished", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_that_all_read_differently_take_bounded_memory_and_are_all_counted()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _report.Sink.Failure("Refused by the sink", $"urn {i} is not welcome", $"urn {i}");
        }
        _report.Sink.Failure("Another", "still told");

        Assert.InRange(_report.Sink.Failures.Count, 100, 300);
        Assert.Equal(10_001, _report.Sink.Failures.Sum(failure => failure.Count));
        Assert.Contains(_report.Sink.Failures, failure => failure.Title == "Another");
    }
}
