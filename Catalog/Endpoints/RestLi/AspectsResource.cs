using System.Text.Json;
using Discovery.Catalog.Store;
using Discovery.Metadata;
using Microsoft.AspNetCore.Http;

namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary><c>/aspects</c>: proposals in, aspects out.</summary>
internal static class AspectsResource
{
    /// <summary>More than a urn can have.</summary>
    private const int LongestPattern = 4096;

    private static readonly byte[] Success = """{"value":"success"}"""u8.ToArray();

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.RestLi, "POST", "/aspects", "ingestProposal", "Written before it is answered, also with `async`.", request => IngestAsync(request, IngestBody.ReadOne)),
        new(GmsFamily.RestLi, "POST", "/aspects", "ingestProposalBatch", "Written before it is answered, also with `async`; at most 64 MB.", request => IngestAsync(request, IngestBody.ReadBatch)),
        new(GmsFamily.RestLi, "POST", "/aspects", "getTimeseriesAspectValues", "`sort` is not read: newest first.", ReadTimeseriesAsync) { Coverage = Coverage.Partly, IsRead = true },
        new(GmsFamily.RestLi, "POST", "/aspects", "getCount", "", CountAsync) { IsRead = true },
        new(GmsFamily.RestLi, "POST", "/aspects", "restoreIndices", "The search index is never behind the store: there is nothing to restore.", OperationsResource.RestoreIndicesAsync),
        new(GmsFamily.RestLi, "GET", "/aspects/{**urn}", null, "", ReadAsync),
    ];

    private delegate IReadOnlyList<MetadataChangeProposal> BodyReader(ReadOnlySpan<byte> body);

    private static async Task IngestAsync(GmsRequest request, BodyReader read)
    {
        IReadOnlyList<MetadataChangeProposal> proposals;
        using (var body = await RequestBody.ReadAsync(request.Context))
        {
            proposals = read(body.Memory.Span);
        }
        await request.WriteAsync(proposals);
        await GmsAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, Success);
    }

    private static Task ReadAsync(GmsRequest request)
    {
        var urn = request.UrnAfter(1).ToString();
        var aspect = ModelNames.Aspect(request.Query.Required("aspect"));
        var version = request.Query.Number("version", 0);
        var stored = aspect.Timeseries ? null : request.Store.Read(urn, aspect.Name, version);
        return stored is null
            ? throw new CatalogException(CatalogFault.NotFound, $"{urn} has no {aspect.Name} of version {version}.")
            : request.AnswerAsync(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("version"u8, stored.Version);
                writer.WriteStartObject("aspect"u8);
                writer.WriteStored(aspect.Record.FullName, stored.Value);
                writer.WriteEndObject();
                writer.WriteEndObject();
            });
    }

    private static async Task ReadTimeseriesAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var urn = arguments.Urn("urn");
        var aspect = ModelNames.Aspect(arguments.Text("aspect"));
        var limit = arguments.Flag("latestValue") ? 1 : arguments.Count("limit", 10_000);
        var filter = FilterReader.Read(arguments.Member("filter"));
        var documents = request.Store.ReadTimeseries(new TimeseriesQuery(
            urn.ToString(), aspect.Name, limit, arguments.NumberOrNull("startTimeMillis") ?? long.MinValue, arguments.NumberOrNull("endTimeMillis") ?? long.MaxValue)
        {
            Filter = TimeseriesFilter.Of(filter),
        });
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("entityName"u8, arguments.TextOrNull("entity") ?? urn.EntityType);
            writer.WriteString("aspectName"u8, aspect.Name);
            writer.WriteNumber("limit"u8, limit);
            writer.WriteStartArray("values"u8);
            foreach (var document in documents)
            {
                WriteDocument(writer, document);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WriteDocument(Utf8JsonWriter writer, TimeseriesDocument document)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("aspect"u8);
        writer.WriteString("value"u8, document.Value.Span);
        writer.WriteString("contentType"u8, MetadataChangeProposal.Json);
        writer.WriteEndObject();
        writer.WriteStored("systemMetadata", document.SystemMetadata);
        writer.WriteEndObject();
    }

    private static async Task CountAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var urnLike = arguments.TextOrNull("urnLike");
        if (urnLike?.Length > LongestPattern)
        {
            throw new CatalogException(CatalogFault.Argument, $"'urnLike' has more than {LongestPattern} characters.");
        }
        var count = request.Store.Count(ModelNames.Aspect(arguments.Text("aspect")).Name, urnLike);
        await request.AnswerValueAsync(writer => writer.WriteNumberValue(count));
    }
}
