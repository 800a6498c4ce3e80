using System.Text.Json;
using Discovery.Catalog.Store;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>
/// Whether writes have come through. They are on the disk and in the search index before they are answered, so that it is enough to look.
/// </summary>
internal static class TraceEndpoints
{
    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.OpenApi, "POST", "/openapi/v1/trace/write/{id}", null, "Tells whether the aspect is stored, whatever the id.", ReadAsync) { Coverage = Coverage.Partly, IsRead = true },
    ];

    private static async Task ReadAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var onlyErrors = request.Query.Flag("onlyIncludeErrors", otherwise: true);
        var asked = arguments.Members.Select(member => (Urn: member.Name, Aspects: Arguments.Texts(member.Value, member.Name))).ToList();
        await request.AnswerAsync(writer =>
        {
            writer.WriteStartObject();
            foreach (var (urn, aspects) in asked)
            {
                writer.WriteStartObject(urn);
                foreach (var aspect in aspects.Distinct())
                {
                    var stored = IsStored(request.Store, urn, aspect);
                    if (!stored || !onlyErrors)
                    {
                        WriteStatus(writer, aspect, stored);
                    }
                }
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        });
    }

    private static bool IsStored(CatalogStore store, string urn, string aspect) =>
        AspectRegistry.Instance.Aspects.TryGetValue(aspect, out var type) &&
        (type.Timeseries ? store.ReadTimeseries(new TimeseriesQuery(urn, aspect, 1)).Count > 0 : store.Read(urn, aspect) is not null);

    private static void WriteStatus(Utf8JsonWriter writer, string aspect, bool stored)
    {
        writer.WriteStartObject(aspect);
        writer.WriteBoolean("success"u8, stored);
        foreach (var storage in (ReadOnlySpan<string>)["primaryStorage", "searchStorage"])
        {
            writer.WriteStartObject(storage);
            writer.WriteString("writeStatus"u8, stored ? "ACTIVE_STATE" : "UNKNOWN");
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }
}
