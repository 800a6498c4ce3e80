namespace Discovery.Catalog.Endpoints;

/// <summary>The edges of the entity that a request names, as seen from it.</summary>
internal static class EntityEdges
{
    /// <param name="request">Its query member <c>urn</c> names the entity.</param>
    /// <param name="types">Types of relationships; null or empty for all.</param>
    /// <param name="direction"><c>OUTGOING</c> for those that its own aspects hold, <c>INCOMING</c> for those that lead to it.</param>
    /// <returns>Each edge once: its type and the entity at its other end; in order of both.</returns>
    public static IReadOnlyList<(string Type, string Urn)> Read(GmsRequest request, IReadOnlyList<string>? types, string direction)
    {
        var urn = Arguments.ParseUrn(request.Query.Required("urn")).ToString();
        var edges = direction switch
        {
            "OUTGOING" => request.Store.Outgoing(urn).Select(edge => (edge.Type, Urn: edge.Destination)),
            "INCOMING" => request.Store.Incoming(urn).Select(edge => (edge.Type, Urn: edge.Source)),
            _ => throw new CatalogException(CatalogFault.Argument, $"'{direction}' is no direction; INCOMING or OUTGOING is expected."),
        };
        return
        [
            .. edges.Where(edge => types is not { Count: > 0 } || types.Contains(edge.Type))
                .Distinct()
                .OrderBy(edge => edge.Urn, StringComparer.Ordinal)
                .ThenBy(edge => edge.Type, StringComparer.Ordinal),
        ];
    }
}
