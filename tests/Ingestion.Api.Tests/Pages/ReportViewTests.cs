using Discovery.Ingestion.Api.Pages.Reports;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Pages;

public sealed class ReportViewTests
{
    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"entities": 1, "source": [], "sink": "x", "failures": {}}""")]
    [InlineData("""{"entities": {"dataset": []}, "source": {"report": {"databases": [1, null, {"name": 3, "tables": "4", "views": 1.5}], "connections": ["x"], "warnings": [{"title": {}, "context": [1]}]}}}""")]
    public void A_report_that_is_not_what_it_should_be_is_shown_as_far_as_it_goes(string json) => Assert.NotNull(ReportView.Read(json, RunKind.Run));

    [Fact]
    public void Half_a_character_makes_a_report_unreadable_and_nothing_else() =>
        Assert.Null(ReportView.Read("""{"failures": [{"title": "\ud800"}]}""", RunKind.Run));

    [Theory]
    [InlineData(RunKind.Run, 5, 1, 1, 3, 2, 1, true)]
    [InlineData(RunKind.Run, 6, 1, 1, 3, 2, 1, false)]
    [InlineData(RunKind.Run, 5, 1, 1, 3, 2, 0, false)]
    [InlineData(RunKind.DryRun, 5, 1, 1, 3, 0, 0, true)]
    [InlineData(RunKind.DryRun, 6, 1, 1, 3, 0, 0, false)]
    [InlineData(RunKind.Preview, 9, 1, 1, 3, 2, 1, true)]
    [InlineData(RunKind.Preview, 9, 1, 1, 3, 2, 0, false)]
    public void Counts_add_up_as_the_kind_of_run_lets_them(RunKind kind, int read, int filtered, int failed, int emitted, int accepted, int rejected, bool addUp)
    {
        var json = $$"""{"entities": {"dataset": {"read": {{read}}, "filtered": {{filtered}}, "failed": {{failed}}, "emitted": {{emitted}}, "accepted": {{accepted}}, "rejected": {{rejected}}}}}""";
        Assert.Equal(addUp, Assert.Single(ReportView.Read(json, kind)!.Entities).AddsUp);
    }

    [Fact]
    public void Of_many_databases_those_that_were_not_read_as_a_whole_are_shown_first()
    {
        var databases = string.Join(", ", Enumerable.Range(0, 300).Select(number => $$"""{"name": "db{{number:000}}", "visibility": "{{(number == 250 ? "some_tables" : "complete")}}", "failed": {{(number == 299 ? 1 : 0)}}}"""));
        var report = ReportView.Read($$$"""{"source": {"report": {"databases": [{{{databases}}}]}}}""", RunKind.Run)!;
        Assert.Equal(300, report.DatabaseCount);
        Assert.Equal(200, report.Databases.Count);
        Assert.Equal(["db250", "db299", "db000"], report.Databases.Take(3).Select(database => database.Name));
    }
}
