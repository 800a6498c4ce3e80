namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary><c>/relationships</c>: the edges of one entity.</summary>
internal static class RelationshipsResource
{
    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.RestLi, "GET", "/relationships", null, "", ReadAsync),
        new(GmsFamily.RestLi, "DELETE", "/relationships", null, "Relationships follow from aspects: delete or change those.", null),
        new(GmsFamily.RestLi, "POST", "/relationships", "getLineage", "Use /entities?action=searchAcrossLineage.", null),
    ];

    private static Task ReadAsync(GmsRequest request)
    {
        var query = request.Query;
        var edges = EntityEdges.Read(request, query.List("types"), query.Required("direction"));
        var start = query.Count("start", 0);
        var page = edges.Skip(start).Take(query.Count("count", 10)).ToList();
        return request.AnswerAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("start"u8, start);
            writer.WriteNumber("count"u8, page.Count);
            writer.WriteNumber("total"u8, edges.Count);
            writer.WriteStartArray("relationships"u8);
            foreach (var (type, urn) in page)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, type);
                writer.WriteString("entity"u8, urn);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
