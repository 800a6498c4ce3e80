using System.Globalization;
using Discovery.Catalog.Endpoints;
using Discovery.Catalog.Graph;
using Discovery.Catalog.Search;
using Discovery.Metadata;

namespace Discovery.Catalog.GraphQl;

/// <summary><c>scrollAcrossLineage</c></summary>
internal sealed class LineageFields(GmsRequest request, EntityNodes entities)
{
    public Dictionary<string, object?> Scroll(InputObject input)
    {
        if (input.Text("urn") is not { } start || entities.Find(start) is null)
        {
            throw new CatalogException(CatalogFault.Argument, $"'{input.Text("urn")}' is no urn to start from.");
        }
        var degrees = Degrees(input);
        var found = Lineage.Walk(request.Store, start, input.Text("direction") == "DOWNSTREAM", degrees.Contains("3+") ? Lineage.MaxHops : degrees.Contains("2") ? 2 : 1)
            .Where(node => degrees.Contains(node.Degree < 3 ? node.Degree.ToString(CultureInfo.InvariantCulture) : "3+"))
            .GroupBy(node => EntityOf(node.Urn), StringComparer.Ordinal)
            .ToList();
        var matching = Matching(input, [.. found.Select(entity => entity.Key)]);
        found.RemoveAll(entity => !matching.Contains(entity.Key));

        var from = ScrollPosition(input.Text("scrollId"));
        var page = found.Skip(from).Take(input.Count("count", 10)).ToList();
        var next = from + page.Count;
        return new(StringComparer.Ordinal)
        {
            ["nextScrollId"] = page.Count > 0 && next < found.Count ? next.ToString(CultureInfo.InvariantCulture) : null,
            ["count"] = page.Count,
            ["total"] = found.Count,
            ["searchResults"] = page.Select(entity => new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["entity"] = entities.Find(entity.Key),
                ["degree"] = entity.Min(node => node.Degree),
                ["paths"] = entity.Select(node => new Dictionary<string, object?>(StringComparer.Ordinal) { ["path"] = node.Path }),
            }),
        };
    }

    // A column stands for its dataset: which columns are meant is told by the paths.
    private static string EntityOf(string urn) => Urn.TryParse(urn, out var parsed) && parsed.EntityType == "schemaField" ? parsed.Parts[0] : urn;

    // {"field": "degree", "values": ["1", "2", "3+"]} stands among the filters, though it is about the way and not the entity.
    private static HashSet<string> Degrees(InputObject input)
    {
        var asked = SearchInputs.Filter(input).Alternatives.SelectMany(alternative => alternative).Where(IsDegree).SelectMany(criterion => criterion.Values).ToHashSet(StringComparer.Ordinal);
        return asked.Count > 0 ? asked : ["1", "2", "3+"];
    }

    private static bool IsDegree(Criterion criterion) => criterion.Field == "degree";

    private HashSet<string> Matching(InputObject input, List<string> urns)
    {
        if (urns.Count == 0)
        {
            return [];
        }
        var filter = new SearchFilter([.. SearchInputs.Filter(input).Alternatives.Select(alternative => alternative.Where(criterion => !IsDegree(criterion)).ToList())]);
        return request.Index.Search(new SearchRequest
        {
            EntityTypes = SearchInputs.Types(input),
            Query = input.Text("query") is { Length: > 0 } query ? query : "*",
            Filter = filter.And(new Criterion("urn", "IN", urns)),
            Count = urns.Count,
            Facets = [],
        }).Matches.Select(match => match.Urn).ToHashSet(StringComparer.Ordinal);
    }

    private static int ScrollPosition(string? scrollId) => scrollId is null
        ? 0
        : int.TryParse(scrollId, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new CatalogException(CatalogFault.Argument, $"'{scrollId}' is no scroll id of this catalog.");
}
