using Discovery.Catalog.Search;

namespace Discovery.Catalog.Pages;

/// <summary>One level of the tree of platforms, instances and containers.</summary>
/// <param name="Platform">Urn of the platform; null above all platforms.</param>
/// <param name="Path">The steps below the platform: urns of instances and containers, or plain names.</param>
/// <param name="Levels">The next levels, those of the page.</param>
/// <param name="Entities">Urns of what stands right here, those of the page.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Pages">How many pages there are.</param>
public sealed record BrowseModel(string? Platform, IReadOnlyList<string> Path, IReadOnlyList<BrowseLevel> Levels, IReadOnlyList<string> Entities, int Page, int Pages)
{
    private const int LevelsPerPage = 200;
    private const int EntitiesPerPage = 50;
    private const int DeepestPath = 32;
    private static readonly IReadOnlyList<string> BrowsedTypes = ["dataset", "dataFlow", "chart", "dashboard"];

    /// <summary>Urn of the container that the path ends at.</summary>
    public string? Container => Path.Count > 0 && IsContainer(Path[^1]) ? Path[^1] : null;

    internal static BrowseModel Read(SearchIndex index, string? platform, IReadOnlyList<string> path, int page)
    {
        if (platform is null)
        {
            var platforms = index.Search(new SearchRequest { Count = 0, Facets = ["platform"], FacetValues = 1000 }).Facets.SelectMany(facet => facet.Values);
            return new BrowseModel(null, [], [.. platforms.Select(value => new BrowseLevel(value.Value, value.Count, PageAddress.Browse(value.Value, [])))], [], 1, 1);
        }
        path = [.. path.Take(DeepestPath)];
        var onPlatform = SearchQuery.Filter(("platform", [platform]));
        var levels = index.Browse(BrowsedTypes, path, onPlatform);
        var here = path.Count > 0 && IsContainer(path[^1])
            ? index.Search(new SearchRequest
            {
                EntityTypes = BrowsedTypes,
                Filter = SearchQuery.Filter(("platform", [platform]), ("container", [path[^1]])),
                Sort = [new SortBy("_entityName")],
                Start = (page - 1) * EntitiesPerPage,
                Count = EntitiesPerPage,
                Facets = [],
            })
            : null;
        return new BrowseModel(
            platform,
            path,
            [.. levels.Skip((page - 1) * LevelsPerPage).Take(LevelsPerPage).Select(level => new BrowseLevel(level.Value, level.Count, PageAddress.Browse(platform, [.. path, level.Value])))],
            [.. here?.Matches.Select(match => match.Urn) ?? []],
            page,
            Math.Max(Parts.Pager.PagesFor(levels.Count, LevelsPerPage), Parts.Pager.PagesFor(here?.Total ?? 0, EntitiesPerPage)));
    }

    private static bool IsContainer(string step) => step.StartsWith("urn:li:container:", StringComparison.Ordinal);
}

/// <summary>A level below the one that is shown.</summary>
/// <param name="Value">A urn or a plain name.</param>
/// <param name="Count">How many entities it holds.</param>
/// <param name="Address">Its page.</param>
public sealed record BrowseLevel(string Value, int Count, string Address);
