using Discovery.Ingestion.Control;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Control;

[Collection<ServerCollection>]
public sealed class TraceTests(TestServer server)
{
    [Fact]
    public async Task One_trace_leads_from_the_request_to_each_statement_and_each_batch()
    {
        await using var source = await HeldSource.CreateAsync(server, "traced", tables: 3);
        await using var collector = await OtlpReceiver.StartAsync();
        await using var rig = await ControlRig.StartAsync(collector.Variables);
        rig.WriteRecipe("shop", source.HostPort, "traced");
        source.Release();
        var worker = rig.StartWorker("w1");
        var run = await rig.QueueAsync("shop");
        Assert.Equal(RunState.Succeeded, (await rig.EndAsync(run.Id)).State);
        // What is left is sent at the end.
        await worker.TerminateAsync();
        await rig.Api.TerminateAsync();
        await rig.Catalog.TerminateAsync();

        var request = Assert.Single(collector.Spans, span => span is { Service: "discovery-api", Name: "POST /api/v1/runs" });
        var trace = collector.Spans.Where(span => span.Trace == request.Trace).ToList();
        var execution = Assert.Single(Below(trace, request), span => span.Name == "run");
        Assert.Equal("shop", execution.Attributes["discovery.recipe"]);
        var ingestion = Assert.Single(Below(trace, execution), span => span.Name == "ingestion run");
        var below = Below(trace, ingestion);
        Assert.Superset(new HashSet<string> { "tables", "keys", "columns", "procedures" }, below.Select(span => span.Attributes.GetValueOrDefault("db.query.summary", "")).ToHashSet());
        // A batch is a request to the catalog, which tells of it too.
        var batches = below.Where(span => span.Name == "datahub batch").ToList();
        Assert.NotEmpty(batches);
        Assert.All(batches, batch => Assert.Contains(Below(trace, batch), span => span.Service == "discovery-catalog" && span.Name.StartsWith("POST /", StringComparison.Ordinal)));
        Assert.All(collector.Spans, span => Assert.DoesNotContain(TestServer.Password, string.Join(' ', span.Attributes.Values), StringComparison.Ordinal));
        Assert.DoesNotContain(collector.Spans, span => span.Service == "discovery-api" && span.Name.EndsWith("/beat", StringComparison.Ordinal));
    }

    private static List<Span> Below(List<Span> trace, Span top)
    {
        var found = new List<Span>();
        var ids = new HashSet<string> { top.Id };
        for (var before = -1; before < found.Count;)
        {
            before = found.Count;
            found.AddRange(trace.Where(span => ids.Contains(span.Parent) && ids.Add(span.Id)));
        }
        return found;
    }
}
