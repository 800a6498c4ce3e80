using Discovery.Catalog.Pages.Pictures;
using Discovery.Catalog.Pages.Views;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Pages;

/// <summary>The tables of a container that foreign keys connect.</summary>
/// <param name="Picture">The picture; null where no foreign key stays within the container.</param>
/// <param name="Tables">How many tables were read.</param>
/// <param name="TablesUnread">How many tables of the container were not looked at.</param>
/// <param name="LeftOut">How many connected tables the picture has no room for.</param>
/// <param name="Unconnected">Urns of tables without a foreign key from or to another table here.</param>
/// <param name="ForeignKeys">All foreign keys of the tables, each with the urn of its table.</param>
public sealed record DiagramContent(
    Picture? Picture, int Tables, int TablesUnread, int LeftOut, IReadOnlyList<string> Unconnected, IReadOnlyList<KeyValuePair<string, ForeignKeyView>> ForeignKeys) : TabContent
{
    internal const int MostInPicture = 60;
    private const int MostRead = 1000;

    internal static DiagramContent Read(CatalogStore store, SearchIndex index, EntityReader entities, string container)
    {
        var answer = index.Search(new SearchRequest
        {
            EntityTypes = ["dataset"],
            Filter = SearchQuery.Filter(("container", [container])),
            Sort = [new SortBy("_entityName")],
            Count = MostRead,
            Facets = [],
        });
        var tables = new List<DiagramTable>();
        foreach (var urn in answer.Matches.Select(match => match.Urn))
        {
            if (SchemaView.Read(store, urn) is { } schema)
            {
                tables.Add(new DiagramTable(urn, entities.NameOf(urn), PageAddress.Entity(urn), schema.Fields, schema.ForeignKeys));
            }
        }
        return Of(tables, answer.Total - answer.Matches.Count);
    }

    /// <summary>Chooses what the picture shows: the tables that foreign keys connect, those with most of them first.</summary>
    internal static DiagramContent Of(IReadOnlyList<DiagramTable> tables, int unread)
    {
        var known = tables.Select(table => table.Urn).ToHashSet(StringComparer.Ordinal);
        var connections = tables.ToDictionary(table => table.Urn, _ => 0, StringComparer.Ordinal);
        foreach (var table in tables)
        {
            foreach (var key in table.ForeignKeys.Where(key => known.Contains(key.Dataset)))
            {
                connections[table.Urn]++;
                connections[key.Dataset]++;
            }
        }
        var connected = tables.Where(table => connections[table.Urn] > 0).ToList();
        var shown = connected
            .OrderByDescending(table => connections[table.Urn]).ThenBy(table => table.Urn, StringComparer.Ordinal)
            .Take(MostInPicture)
            .OrderBy(table => table.Name, StringComparer.Ordinal).ThenBy(table => table.Urn, StringComparer.Ordinal)
            .ToList();
        return new DiagramContent(
            shown.Count > 0 ? DiagramPicture.Of(shown) : null,
            tables.Count,
            unread,
            connected.Count - shown.Count,
            [.. tables.Where(table => connections[table.Urn] == 0).Select(table => table.Urn)],
            [.. tables.SelectMany(table => table.ForeignKeys.Select(key => KeyValuePair.Create(table.Urn, key)))]);
    }
}
