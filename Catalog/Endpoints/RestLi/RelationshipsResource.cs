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

    private static Task ReadAsync(GmsRequest request) => EntityEdges.AnswerAsync(request, "types", 10, "relationships", static (writer, type, urn) =>
    {
        writer.WriteString("type"u8, type);
        writer.WriteString("entity"u8, urn);
    });
}
