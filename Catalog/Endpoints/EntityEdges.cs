using System.Text.Json;

namespace Discovery.Catalog.Endpoints;

/// <summary>The edges of the entity that a request names, as seen from it.</summary>
internal static class EntityEdges
{
    /// <summary>Answers with a page of them: <c>{"start": 0, "count": 1, "total": 1, "relationships": [{..}]}</c>.</summary>
    /// <param name="request">
    /// Its query has <c>urn</c>, <c>start</c>, <c>count</c> and <c>direction</c>: <c>OUTGOING</c> for the edges that the entity's own aspects
    /// hold, <c>INCOMING</c> for those that lead to it.
    /// </param>
    /// <param name="typesMember">The query member with the types of relationships; all, where it is absent or empty.</param>
    /// <param name="count">How many edges a page has where the query does not say.</param>
    /// <param name="arrayMember">The member of the answer with the edges.</param>
    /// <param name="write">Writes the members of an edge, of its type and the entity at its other end.</param>
    public static Task AnswerAsync(GmsRequest request, string typesMember, int count, string arrayMember, Action<Utf8JsonWriter, string, string> write)
    {
        var query = request.Query;
        var edges = Read(request, query.List(typesMember), query.Required("direction"));
        var start = query.Count("start", 0);
        var page = edges.Skip(start).Take(query.Count("count", count)).ToList();
        return request.AnswerAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("start"u8, start);
            writer.WriteNumber("count"u8, page.Count);
            writer.WriteNumber("total"u8, edges.Count);
            writer.WriteStartArray(arrayMember);
            foreach (var (type, urn) in page)
            {
                writer.WriteStartObject();
                write(writer, type, urn);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>Whether a direction of lineage is downstream.</summary>
    /// <exception cref="CatalogException">It is no direction.</exception>
    public static bool IsDownstream(string direction) => direction switch
    {
        "DOWNSTREAM" => true,
        "UPSTREAM" => false,
        _ => throw new CatalogException(CatalogFault.Argument, $"'{direction}' is no direction; UPSTREAM or DOWNSTREAM is expected."),
    };

    /// <returns>Each edge once: its type and the entity at its other end; in order of both.</returns>
    private static List<(string Type, string Urn)> Read(GmsRequest request, IReadOnlyList<string>? types, string direction)
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
