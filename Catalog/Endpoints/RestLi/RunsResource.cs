using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Catalog.Store;
using Discovery.Metadata;

namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary><c>/runs</c>: what ingestion runs wrote, and taking it back.</summary>
internal static class RunsResource
{
    private const string Route = "/runs";

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.RestLi, "POST", Route, "list", "", ListAsync) { IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "describe", "", DescribeAsync) { IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "rollback", "", RollBackAsync),
    ];

    private static async Task ListAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var runs = request.Store.ListRuns(arguments.Count("pageOffset", 0), arguments.Count("pageSize", 20), arguments.Flag("includeSoft"));
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartArray();
            foreach (var run in runs)
            {
                writer.WriteStartObject();
                writer.WriteString("runId"u8, run.RunId);
                writer.WriteNumber("rows"u8, run.Rows);
                writer.WriteNumber("timestamp"u8, run.Timestamp);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private static async Task DescribeAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var rows = request.Store.DescribeRun(
            arguments.Text("runId"), arguments.Count("start", 0), arguments.Count("count", 100), arguments.Flag("includeSoft"));
        var includeAspect = arguments.Flag("includeAspect");
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartArray();
            foreach (var row in rows)
            {
                WriteRow(writer, row, includeAspect ? request.Store.Read(row.Urn, row.Aspect)?.Value ?? default : default);
            }
            writer.WriteEndArray();
        });
    }

    private static async Task RollBackAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var runId = arguments.Text("runId");
        if (runId == SystemMetadata.NoRunId)
        {
            throw new CatalogException(CatalogFault.Argument, $"'{runId}' stands for all writes that name no run; they cannot be taken back together.");
        }
        var dryRun = arguments.FlagOrNull("dryRun") ?? throw new CatalogException(CatalogFault.Argument, "The member 'dryRun' is missing.");
        var safe = arguments.FlagOrNull("safe") ?? !arguments.Flag("hardDelete");
        var result = await request.Store.RollBackAsync(runId, dryRun, safe, request.Actor, request.Cancelled);
        if (!dryRun)
        {
            await MarkRolledBackAsync(request, runId);
        }
        await request.AnswerValueAsync(writer => WriteResult(writer, result));
    }

    /// <summary>The execution request of a run tells its status on the run's page.</summary>
    private static async Task MarkRolledBackAsync(GmsRequest request, string runId)
    {
        const string Result = "dataHubExecutionRequestResult";
        var urn = $"urn:li:dataHubExecutionRequest:{runId}";
        if (!Urn.TryParse(urn, out _) || !request.Store.Exists(urn))
        {
            return;
        }
        var result = request.Store.Read(urn, Result) is { } stored ? JsonNode.Parse(stored.Value.Span)!.AsObject() : [];
        result["status"] = "ROLLED_BACK";
        await request.WriteAsync([new MetadataChangeProposal("dataHubExecutionRequest", urn, Result, JsonSerializer.SerializeToUtf8Bytes(result))]);
    }

    private static void WriteResult(Utf8JsonWriter writer, RollbackResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("aspectsAffected"u8, result.AspectsAffected);
        writer.WriteNumber("aspectsReverted"u8, result.AspectsReverted);
        writer.WriteNumber("entitiesAffected"u8, result.EntitiesAffected);
        writer.WriteNumber("entitiesDeleted"u8, result.EntitiesDeleted);
        writer.WriteNumber("unsafeEntitiesCount"u8, result.UnsafeEntityCount);
        writer.WriteStartArray("unsafeEntities"u8);
        foreach (var urn in result.UnsafeEntities)
        {
            writer.WriteStartObject();
            writer.WriteString("urn"u8, urn);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("aspectRowSummaries"u8);
        foreach (var row in result.Rows)
        {
            WriteRow(writer, row, default);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter writer, RunRow row, ReadOnlyMemory<byte> aspect)
    {
        writer.WriteStartObject();
        writer.WriteString("runId"u8, row.RunId);
        writer.WriteString("aspectName"u8, row.Aspect);
        writer.WriteString("urn"u8, row.Urn);
        writer.WriteNumber("timestamp"u8, row.Timestamp);
        writer.WriteBoolean("keyAspect"u8, row.KeyAspect);
        writer.WriteStored("aspect", aspect);
        writer.WriteEndObject();
    }
}
