using System.Globalization;
using Discovery.Catalog.Graph;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.GraphQl;

/// <summary><c>scrollAcrossLineage</c></summary>
internal sealed class LineageFields(CatalogStore store, SearchIndex index, EntityNodes entities)
{
    public Dictionary<string, object?> Scroll(InputObject input)
    {
        if (input.Text("urn") is not { } start || entities.Find(start) is null)
        {
            throw new CatalogException(CatalogFault.Argument, $"'{input.Text("urn")}' is no urn to start from.");
        }
        var degrees = Degrees(input);
        var nodes = Lineage.Walk(store, start, input.Text("direction") == "DOWNSTREAM", degrees.Contains("3+") ? Lineage.MaxHops : degrees.Contains("2") ? 2 : 1)
            .Where(node => degrees.Contains(node.Degree < 3 ? node.Degree.ToString(CultureInfo.InvariantCulture) : "3+"))
            .ToList();
        var matching = Matching(input, nodes);
        nodes.RemoveAll(node => !matching.Contains(node.Urn));

        var from = ScrollPosition(input.Text("scrollId"));
        var page = nodes.Skip(from).Take(input.Count("count", 10)).ToList();
        var next = from + page.Count;
        return new(StringComparer.Ordinal)
        {
            ["nextScrollId"] = page.Count > 0 && next < nodes.Count ? next.ToString(CultureInfo.InvariantCulture) : null,
            ["count"] = page.Count,
            ["total"] = nodes.Count,
            ["searchResults"] = page.Select(node => new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["entity"] = entities.Find(node.Urn),
                ["degree"] = node.Degree,
                ["paths"] = new[] { new Dictionary<string, object?>(StringComparer.Ordinal) { ["path"] = node.Path } },
            }),
        };
    }

    // {"field": "degree", "values": ["1", "2", "3+"]} stands among the filters, though it is about the way and not the entity.
    private static HashSet<string> Degrees(InputObject input)
    {
        var asked = SearchInputs.Filter(input).Alternatives.SelectMany(alternative => alternative).Where(IsDegree).SelectMany(criterion => criterion.Values).ToHashSet(StringComparer.Ordinal);
        return asked.Count > 0 ? asked : ["1", "2", "3+"];
    }

    private static bool IsDegree(Criterion criterion) => criterion.Field == "degree";

    // Columns are found by lineage alone: they are not in the index.
    private HashSet<string> Matching(InputObject input, List<LineageNode> nodes)
    {
        var types = SearchInputs.Types(input);
        var urns = nodes.Select(node => node.Urn).ToList();
        var found = urns.Where(urn => entities.Find(urn) is { Type.Name: "schemaField" } && types?.Contains("schemaField") != false).ToHashSet(StringComparer.Ordinal);
        if (urns.Count == found.Count)
        {
            return found;
        }
        var among = new Criterion("urn", "IN", urns);
        var alternatives = SearchInputs.Filter(input).Alternatives.Select(alternative => (IReadOnlyList<Criterion>)[among, .. alternative.Where(criterion => !IsDegree(criterion))]).ToList();
        found.UnionWith(index.Search(new SearchRequest
        {
            EntityTypes = types,
            Query = input.Text("query") is { Length: > 0 } query ? query : "*",
            Filter = new SearchFilter(alternatives.Count > 0 ? alternatives : [[among]]),
            Count = urns.Count,
            Facets = [],
        }).Matches.Select(match => match.Urn));
        return found;
    }

    private static int ScrollPosition(string? scrollId) => scrollId is null
        ? 0
        : int.TryParse(scrollId, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new CatalogException(CatalogFault.Argument, $"'{scrollId}' is no scroll id of this catalog.");
}
