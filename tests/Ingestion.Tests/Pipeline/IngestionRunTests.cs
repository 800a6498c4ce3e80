using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Metadata;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Ingestion.Tests.Pipeline;

public sealed class IngestionRunTests
{
    [Fact]
    public async Task Counts_add_up_and_every_record_carries_the_stamp_of_the_run()
    {
        var sink = new MemorySink();
        var report = await RunAsync(new ListSource(Table("a"), Table("b")), sink);

        Assert.Equal(RunStatus.Success, report.Status);
        Assert.True(sink.Succeeded);
        Assert.Equal(2, report.Source.ReadCounts["dataset"]);
        Assert.Equal(2, report.Sink.AcceptedCounts["dataset"]);
        Assert.Equal((4, 4), (report.EmittedRecords, report.Sink.Records));
        Assert.All(sink.Units.SelectMany(unit => unit.Records), record => Assert.Equal(("run-1", "nightly"), (record.SystemMetadata!.RunId, record.SystemMetadata.PipelineName)));
    }

    [Fact]
    public async Task An_entity_that_a_source_read_and_never_accounted_for_fails_the_run()
    {
        var report = await RunAsync(new ListSource(Table("a")) { Forgotten = 1 }, new MemorySink());

        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.Contains(report.AllFailures, failure => failure.Title == "The counts do not add up" && failure.Context.Contains("dataset: read 2, but filtered 0 + emitted 1 + failed 0 = 1"));
    }

    [Theory]
    [InlineData(1, RunStatus.Success)]
    [InlineData(2, RunStatus.Failure)]
    public async Task A_run_that_lost_more_than_it_read_fails(int lost, RunStatus status)
    {
        var sink = new MemorySink();
        var report = await RunAsync(new ListSource(Table("a")) { Lost = lost }, sink);

        Assert.Equal(status, report.Status);
        Assert.Equal(status == RunStatus.Success, sink.Succeeded);
    }

    [Fact]
    public async Task Lineage_that_is_not_understood_costs_no_entity()
    {
        var sink = new MemorySink();
        var report = await RunAsync(new ListSource(Table("a")) { Lost = 2, LostType = WorkUnit.Lineage }, sink);

        Assert.Equal(RunStatus.Success, report.Status);
        Assert.True(sink.Succeeded);
    }

    [Fact]
    public async Task A_work_unit_of_which_the_sink_says_nothing_fails_the_run()
    {
        var report = await RunAsync(new ListSource(Table("a")), new MemorySink { Silent = true });

        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.Contains(report.AllFailures, failure => failure.Context.Contains("dataset: emitted 1, but accepted 0 + rejected 0 = 0"));
    }

    [Fact]
    public async Task What_the_sink_refused_is_kept_in_the_failure_log()
    {
        var folder = Directory.CreateTempSubdirectory("failure-log-");
        try
        {
            var log = Path.Combine(folder.FullName, "failed.json");
            var report = await RunAsync(new ListSource(Table("good"), Table("bad")), new MemorySink { Refuse = "shop.bad" }, failureLog: log);

            Assert.Equal(RunStatus.Failure, report.Status);
            Assert.Equal((1, 1), (report.Sink.AcceptedCounts["dataset"], report.Sink.RejectedCounts["dataset"]));
            var text = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
            Assert.Equal(2, text.Split("shop.bad,PROD").Length - 1);
            Assert.DoesNotContain("shop.good", text, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_dry_run_reads_everything_and_hands_nothing_over()
    {
        var sink = new MemorySink();
        var report = await RunAsync(new ListSource(Table("a"), Table("b")), sink, new RunOptions { DryRun = true });

        Assert.Equal(RunStatus.Success, report.Status);
        Assert.Equal(2, report.Emitted["dataset"]);
        Assert.Empty(sink.Units);
        Assert.False(sink.Succeeded);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(10, 4)]
    public async Task A_preview_writes_the_first_records(int asked, int written)
    {
        var sink = new MemorySink();
        await RunAsync(new ListSource(Table("a"), Table("b")), sink, new RunOptions { PreviewRecords = asked });

        Assert.Equal(written, sink.Units.Sum(unit => unit.Records.Count));
        Assert.True(sink.Succeeded);
    }

    [Fact]
    public async Task A_source_that_dies_midway_leaves_the_sink_without_success()
    {
        var sink = new MemorySink();
        var report = await RunAsync(new ListSource(Table("a")) { Fault = new SourceException("the server went away") }, sink);

        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.False(sink.Succeeded);
        Assert.Equal("the server went away", Assert.Single(report.AllFailures).Message);
    }

    [Fact]
    public async Task A_source_that_dies_and_a_sink_that_cannot_end_are_both_told()
    {
        var sink = new MemorySink { CompletionFault = new SinkException("the catalog went away") };
        var report = await RunAsync(new ListSource(Table("a")) { Fault = new SourceException("the server went away") }, sink);

        Assert.Equal(["the server went away", "the catalog went away"], report.AllFailures.Select(failure => failure.Message));
    }

    [Fact]
    public async Task A_defect_is_a_failure_in_the_report_without_secrets()
    {
        var secrets = new SecretMasker();
        secrets.Add("password", "hunter22");
        var report = await RunAsync(new ListSource(Table("a")) { Fault = new InvalidOperationException("no place for hunter22") }, new MemorySink(), secrets: secrets);

        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.EndsWith("InvalidOperationException: no place for ***password***", Assert.Single(report.AllFailures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_ends_the_run_as_cancelled_and_leaves_the_sink_without_success()
    {
        using var interrupt = new CancellationTokenSource();
        var sink = new MemorySink { OnWrite = interrupt.Cancel };
        var report = await RunAsync(new ListSource(Table("a"), Table("b")), sink, interrupt: interrupt.Token);

        Assert.Equal(RunStatus.Cancelled, report.Status);
        Assert.False(sink.Succeeded);
        Assert.Single(sink.Units);
    }

    [Fact]
    public async Task A_run_that_finds_nothing_says_so()
    {
        var report = await RunAsync(new ListSource(), new MemorySink());

        Assert.Equal(RunStatus.Success, report.Status);
        Assert.Equal("No metadata was produced by the source", Assert.Single(report.AllWarnings).Title);
    }

    [Fact]
    public async Task Flags_take_system_metadata_or_the_pipeline_name_out()
    {
        var (without, nameless) = (new MemorySink(), new MemorySink());
        await RunAsync(new ListSource(Table("a")), without, flags: new RecipeFlags { SetSystemMetadata = false });
        await RunAsync(new ListSource(Table("a")), nameless, flags: new RecipeFlags { SetSystemMetadataPipelineName = false });

        Assert.All(without.Units[0].Records, record => Assert.Null(record.SystemMetadata));
        Assert.All(nameless.Units[0].Records, record => Assert.Null(record.SystemMetadata!.PipelineName));
    }

    private static WorkUnit Table(string name)
    {
        var urn = Urns.Dataset("mysql", null, $"shop.{name}", "PROD");
        return new WorkUnit("dataset", [.. new[] { "status", "subTypes" }.Select(aspect => new MetadataChangeProposal("dataset", urn, aspect, "{}"u8.ToArray()))]);
    }

    private static Task<RunReport> RunAsync(
        ListSource source, MemorySink sink, RunOptions? options = null, RecipeFlags? flags = null, CancellationToken? interrupt = null, string? failureLog = null, SecretMasker? secrets = null)
    {
        var recipe = new Recipe
        {
            Source = new SourceType("list", typeof(object), (_, context) => source.In(context)),
            SourceConfig = new object(),
            Sink = new SinkType("memory", typeof(object), (_, context) => sink.In(context)),
            SinkConfig = new object(),
            RunId = "run-1",
            PipelineName = "nightly",
            Flags = flags ?? new RecipeFlags(),
            FailureLog = failureLog,
            RedactedJson = "{}",
        };
        return IngestionRun.ExecuteAsync(recipe, options ?? new RunOptions(), NullLoggerFactory.Instance, secrets ?? new SecretMasker(), TimeProvider.System, interrupt ?? TestContext.Current.CancellationToken);
    }

    private sealed class ListSource(params WorkUnit[] units) : ISource
    {
        private SourceReport _report = new();

        public int Forgotten { get; init; }

        public int Lost { get; init; }

        public string LostType { get; init; } = "dataset";

        public Exception? Fault { get; init; }

        public ListSource In(RunContext context)
        {
            _report = context.SourceReport;
            return this;
        }

        public async IAsyncEnumerable<WorkUnit> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            for (var i = 0; i < Forgotten; i++)
            {
                _report.Read("dataset");
            }
            for (var i = 0; i < Lost; i++)
            {
                _report.Read(LostType);
                _report.Failed(LostType);
            }
            foreach (var unit in units)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _report.Read(unit.EntityType);
                yield return unit;
            }
            if (Fault is not null)
            {
                throw Fault;
            }
        }

        public Task TestConnectionAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class MemorySink : ISink
    {
        private SinkReport _report = new();

        public List<WorkUnit> Units { get; } = [];

        public bool Succeeded { get; private set; }

        public bool Silent { get; init; }

        public string? Refuse { get; init; }

        public Action? OnWrite { get; init; }

        public SinkException? CompletionFault { get; init; }

        public MemorySink In(RunContext context)
        {
            _report = context.SinkReport;
            return this;
        }

        public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask WriteAsync(WorkUnit unit, CancellationToken cancellationToken)
        {
            Units.Add(unit);
            if (Refuse is not null && unit.Records[0].Urn.Contains(Refuse, StringComparison.Ordinal))
            {
                _report.Rejected(unit, "not wanted");
            }
            else if (!Silent)
            {
                _report.Accepted(unit);
            }
            OnWrite?.Invoke();
            return ValueTask.CompletedTask;
        }

        public Task CompleteAsync(bool succeeded, CancellationToken cancellationToken)
        {
            Succeeded = succeeded;
            return CompletionFault is null ? Task.CompletedTask : Task.FromException(CompletionFault);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
