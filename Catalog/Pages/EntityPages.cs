using Discovery.Catalog.Pages.Views;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Microsoft.AspNetCore.Http;

namespace Discovery.Catalog.Pages;

/// <summary>Reads what the page of an entity shows.</summary>
internal static class EntityPages
{
    private const int VersionsPerPage = 30;

    /// <summary>Reads the page; null where the catalog has no such entity.</summary>
    public static EntityPageModel? Read(string urn, IQueryCollection query, CatalogStore store, SearchIndex index, EntityReader entities)
    {
        if (!Metadata.Urn.TryParse(urn, out var parsed))
        {
            return null;
        }
        var stored = store.ReadEntity(urn);
        if (stored.Count == 0)
        {
            return null;
        }
        var aspects = new AspectSet(stored);
        var tabs = EntityPageModel.TabsOf(parsed.EntityType);
        var tab = tabs.FirstOrDefault(tab => tab == query["tab"], tabs[0]);
        var page = SearchQuery.ReadPage(query);
        return new EntityPageModel(EntityView.Read(urn, aspects), tabs, tab, tab switch
        {
            "schema" => new SchemaContent(SchemaView.Read(aspects), IncomingForeignKeys.Read(store, entities, urn)),
            "content" => ReadMembers(index, urn, EntityPageModel.MemberField(parsed.EntityType)!, page),
            "diagram" => DiagramContent.Read(store, index, entities, urn),
            "lineage" => LineageContent.Read(store, entities, urn, Column(query), Hops(query)),
            "history" => ReadHistory(store, stored, page),
            "raw" => new RawContent([.. aspects.All.Select(RawAspect.Of)]),
            _ => new PropertiesContent(),
        });
    }

    private static string? Column(IQueryCollection query) => query["column"].ToString() is { Length: > 0 } column ? column : null;

    private static int Hops(IQueryCollection query) => int.TryParse(query["hops"], out var hops) ? Math.Clamp(hops, 1, LineageContent.MostHops) : 1;

    private static MemberContent ReadMembers(SearchIndex index, string urn, string field, int page)
    {
        var answer = index.Search(new SearchRequest
        {
            Filter = SearchQuery.Filter((field, [urn])),
            Sort = [new SortBy("_entityName")],
            Start = (page - 1) * SearchQuery.PageSize,
            Count = SearchQuery.PageSize,
            Facets = [],
        });
        var word = SearchQuery.FacetFields.FirstOrDefault(facet => facet.Field == field).Word;
        return new MemberContent(answer.Total, [.. answer.Matches.Select(match => match.Urn)], page, word is null ? "/search" : PageAddress.Search(word, urn));
    }

    private static HistoryContent ReadHistory(CatalogStore store, IReadOnlyList<StoredAspect> current, int page)
    {
        var versions = current
            .SelectMany(aspect => AspectVersion.Read(store.ReadHistory(aspect.Urn, aspect.Aspect)))
            .OrderByDescending(version => version.Written)
            .ThenBy(version => version.Aspect, StringComparer.Ordinal)
            .ThenByDescending(version => version.Number)
            .ToList();
        return new HistoryContent(
            [.. versions.Skip((page - 1) * VersionsPerPage).Take(VersionsPerPage)], page, Parts.Pager.PagesFor(versions.Count, VersionsPerPage));
    }
}
