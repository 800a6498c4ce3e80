using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Sinks.Blackhole;
using Discovery.Ingestion.Sinks.Console;
using Discovery.Metadata;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Ingestion.Tests.Sinks;

public sealed class ConsoleSinkTests
{
    private readonly RunContext _context = new() { RunId = "run", Loggers = NullLoggerFactory.Instance };

    [Fact]
    public async Task Each_record_is_one_line_of_ASCII_JSON()
    {
        using var output = new MemoryStream();
        await using (var sink = new ConsoleSink(_context, output))
        {
            await WriteAsync(sink, "{ \"name\": \"한\" }", "{");
        }
        Assert.Equal(
            """{"entityType":"tag","entityUrn":"urn:li:tag:a","changeType":"UPSERT","aspectName":"tagProperties","aspect":{"json":{"name":"\ud55c"}}}""" + "\n",
            Encoding.ASCII.GetString(output.ToArray()));
        Assert.Equal(1, _context.SinkReport.AcceptedCounts.Total);
        Assert.Equal(1, _context.SinkReport.RejectedCounts.Total);
    }

    [Fact]
    public async Task A_reader_that_went_away_ends_the_run()
    {
        await using var sink = new ConsoleSink(_context, new ClosedPipe());
        await Assert.ThrowsAsync<SinkException>(() => WriteAsync(sink, "{}"));
        Assert.Equal(1, _context.SinkReport.RejectedCounts.Total);
    }

    [Fact]
    public async Task The_black_hole_accepts_everything()
    {
        await using var sink = new BlackholeSink(_context);
        await WriteAsync(sink, "{}", "{}");
        Assert.Equal(2, _context.SinkReport.AcceptedCounts["tag"]);
        Assert.Null(_context.SinkReport.Destination);
    }

    private static async Task WriteAsync(ISink sink, params string[] aspects)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await sink.OpenAsync(cancellation);
        foreach (var aspect in aspects)
        {
            await sink.WriteAsync(new WorkUnit("tag", [new MetadataChangeProposal("tag", "urn:li:tag:a", "tagProperties", Encoding.UTF8.GetBytes(aspect))]), cancellation);
        }
        await sink.CompleteAsync(succeeded: true, cancellation);
    }

    private sealed class ClosedPipe : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("Broken pipe");
    }
}
