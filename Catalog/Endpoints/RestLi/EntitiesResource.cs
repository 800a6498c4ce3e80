using System.Text.Json;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary><c>/entities</c>: snapshots in, deletes, and what exists. Its searches are in <see cref="SearchActions"/>.</summary>
internal static class EntitiesResource
{
    private const string Route = "/entities";
    private static readonly JsonSerializerOptions AsDeepAsRead = new() { MaxDepth = MetadataJson.MaxDepth };

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.RestLi, "POST", Route, "ingest", "", IngestAsync),
        new(GmsFamily.RestLi, "POST", Route, "batchIngest", "", IngestBatchAsync),
        new(GmsFamily.RestLi, "POST", Route, "delete", "", DeleteAsync),
        new(GmsFamily.RestLi, "POST", Route, "deleteReferences", "", DeleteReferencesAsync),
        new(GmsFamily.RestLi, "POST", Route, "listUrns", "", ListUrnsAsync) { IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "exists", "", ExistsAsync) { IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "filterExistingUrns", "", FilterExistingAsync) { IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "getTotalEntityCount", "", CountAsync) { IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "batchGetTotalEntityCount", "", CountBatchAsync) { IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "deleteAll", "There are no plugin registries.", null),
        new(GmsFamily.RestLi, "POST", Route, "applyRetention", "20 versions are kept of each aspect.", null),
        new(GmsFamily.RestLi, "POST", Route, "setWritable", "", null),
        new(GmsFamily.RestLi, "POST", Route, "getBrowsePaths", "Read the aspect browsePathsV2 instead.", null),
        new(GmsFamily.RestLi, "GET", Route, null, "Snapshots are written, not read: use /entitiesV2.", null),
        new(GmsFamily.RestLi, "GET", "/entities/{**urn}", null, "Snapshots are written, not read: use /entitiesV2.", null),
    ];

    private static async Task IngestAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        await request.WriteAsync(Snapshot(arguments.Member("entity"), arguments.Member("systemMetadata")));
    }

    private static async Task IngestBatchAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var entities = Items(arguments, "entities") ?? throw new CatalogException(CatalogFault.Argument, "The member 'entities' is missing.");
        var systemMetadata = Items(arguments, "systemMetadata");
        if (systemMetadata is not null && systemMetadata.Length != entities.Length)
        {
            throw new CatalogException(CatalogFault.Argument, "'systemMetadata' has not as many items as 'entities'.");
        }
        await request.WriteAsync(entities.SelectMany((entity, index) => Snapshot(entity, systemMetadata?[index])));
    }

    private static JsonElement[]? Items(Arguments arguments, string name) =>
        arguments.Member(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.Array ? [.. member.EnumerateArray()]
        : throw new CatalogException(CatalogFault.Argument, $"The member '{name}' is not an array.");

    /// <summary>The proposals of <c>{"value": {"com.linkedin.metadata.snapshot.TagSnapshot": {"urn": .., "aspects": [..]}}}</c>.</summary>
    private static IEnumerable<MetadataChangeProposal> Snapshot(JsonElement? entity, JsonElement? systemMetadata)
    {
        if (entity is not { ValueKind: JsonValueKind.Object } element || !element.TryGetProperty("value", out var snapshot))
        {
            throw new CatalogException(CatalogFault.Argument, "The member 'entity' has no 'value' with a snapshot.");
        }
        var record = ProposalText.ReadRecord(
            systemMetadata is { ValueKind: JsonValueKind.Object } observed
                ? JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, JsonElement> { ["proposedSnapshot"] = snapshot, ["systemMetadata"] = observed }, AsDeepAsRead)
                : JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, JsonElement> { ["proposedSnapshot"] = snapshot }, AsDeepAsRead),
            "entity");
        // Over HTTP a snapshot is in the server's dialect already, unlike those in files.
        return record is MetadataChangeEvent { Aspects: var aspects } change
            ? aspects.Select(aspect => new MetadataChangeProposal(change.EntityType, change.Urn, SnapshotNames.AspectName(aspect.TypeName), aspect.Value)
            {
                SystemMetadata = change.SystemMetadata,
            })
            : throw new CatalogException(CatalogFault.Argument, "The member 'entity.value' is no snapshot.");
    }

    private static async Task DeleteAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var urn = arguments.Urn("urn").ToString();
        if (arguments.TextOrNull("aspectName") is { } name)
        {
            await DeleteTimeseriesAsync(request, arguments, urn, name);
            return;
        }
        var deleted = await request.Store.DeleteEntityAsync(urn, request.Cancelled);
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("urn"u8, urn);
            writer.WriteNumber("rows"u8, deleted.Rows);
            writer.WriteNumber("timeseriesRows"u8, deleted.TimeseriesRows);
            writer.WriteEndObject();
        });
    }

    private static async Task DeleteTimeseriesAsync(GmsRequest request, Arguments arguments, string urn, string name)
    {
        var aspect = ModelNames.Aspect(name);
        if (!aspect.Timeseries)
        {
            throw new CatalogException(CatalogFault.Argument, $"'{name}' is no timeseries aspect; other aspects are deleted with their entity, or by DELETE /openapi/v3/entity.");
        }
        var deleted = await request.Store.DeleteTimeseriesAsync(
            urn, aspect.Name, arguments.NumberOrNull("startTimeMillis") ?? long.MinValue, arguments.NumberOrNull("endTimeMillis") ?? long.MaxValue, request.Cancelled);
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("urn"u8, urn);
            writer.WriteNumber("timeseriesRows"u8, deleted.TimeseriesRows);
            writer.WriteEndObject();
        });
    }

    private static async Task DeleteReferencesAsync(GmsRequest request)
    {
        const int MostShown = 10;
        var arguments = await request.ReadArgumentsAsync();
        var urn = arguments.Urn("urn").ToString();
        // One for each aspect that has any.
        var references = request.Store.Incoming(urn)
            .DistinctBy(reference => (reference.Owner, reference.Aspect))
            .OrderBy(reference => reference.Owner, StringComparer.Ordinal)
            .ThenBy(reference => reference.Aspect, StringComparer.Ordinal)
            .ToList();
        if (!arguments.Flag("dryRun"))
        {
            await request.Store.RemoveReferencesAsync(urn, request.Actor, request.Cancelled);
        }
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("total"u8, references.Count);
            writer.WriteStartArray("relatedAspects"u8);
            foreach (var reference in references.Take(MostShown))
            {
                // The client prints the members in their order, under headings.
                writer.WriteStartObject();
                writer.WriteString("relationship"u8, reference.Type);
                writer.WriteString("entity"u8, reference.Owner);
                writer.WriteString("aspect"u8, reference.Aspect);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static async Task ListUrnsAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var start = arguments.Count("start", 0);
        var urns = request.Store.ListUrns(ModelNames.Entity(arguments.Text("entity")).Name, start, arguments.Count("count", 10), out var total);
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("start"u8, start);
            writer.WriteNumber("count"u8, urns.Count);
            writer.WriteNumber("total"u8, total);
            writer.WriteTexts("entities", urns);
            writer.WriteEndObject();
        });
    }

    private static async Task ExistsAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var urn = arguments.Urn("urn").ToString();
        var exists = request.Store.Exists(urn) && (arguments.Flag("includeSoftDelete", otherwise: true) || !request.Store.IsRemoved(urn));
        await request.AnswerValueAsync(writer => writer.WriteBooleanValue(exists));
    }

    private static async Task FilterExistingAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var urns = arguments.TextsOrNull("urns") ?? throw new CatalogException(CatalogFault.Argument, "The member 'urns' is missing.");
        var includeSoftDelete = arguments.Flag("includeSoftDelete", otherwise: true);
        var existing = urns.Where(urn => request.Store.Exists(urn) && (includeSoftDelete || !request.Store.IsRemoved(urn))).ToList();
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartArray();
            existing.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        });
    }

    private static async Task CountAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var total = Total(request, arguments.Text("entity"));
        await request.AnswerValueAsync(writer => writer.WriteNumberValue(total));
    }

    private static async Task CountBatchAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var totals = (arguments.TextsOrNull("entities") ?? []).Distinct().Select(name => (Name: name, Total: Total(request, name))).ToList();
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartObject();
            totals.ForEach(entity => writer.WriteNumber(entity.Name, entity.Total));
            writer.WriteEndObject();
        });
    }

    private static long Total(GmsRequest request, string entity)
    {
        request.Store.ListUrns(ModelNames.Entity(entity).Name, 0, 0, out var total);
        return total;
    }
}
