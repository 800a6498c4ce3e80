using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Discovery.Metadata;

namespace Discovery.Catalog.Pages;

/// <summary>What the first page shows.</summary>
/// <param name="Total">How many entities there are, soft-deleted ones left out.</param>
/// <param name="Facets">Counts by type, platform and instance.</param>
/// <param name="Runs">The runs that wrote last.</param>
/// <param name="Changes">The entities that changed last.</param>
/// <param name="Server">The address of this catalog.</param>
public sealed record FirstPageModel(int Total, IReadOnlyList<FirstPageFacet> Facets, IReadOnlyList<RunOverview> Runs, IReadOnlyList<EntityChange> Changes, string Server)
{
    private const int MostRuns = 8;
    private const int MostChanges = 8;
    private static readonly (string Word, string Field, string Title)[] Counted =
        [("type", "_entityType", "By type"), ("platform", "platform", "By platform"), ("instance", "platformInstance", "By platform instance")];

    internal static FirstPageModel Read(CatalogStore store, SearchIndex index, DateTimeOffset now, string server)
    {
        var answer = index.Search(new SearchRequest { Filter = new SearchFilter([[OwnAffairs.LeftOut]]), Count = 0, Facets = [.. Counted.Select(facet => facet.Field)], FacetValues = 24 });
        return new FirstPageModel(
            answer.Total,
            [
                .. from counted in Counted
                   let facet = answer.Facets.FirstOrDefault(facet => facet.Field == counted.Field)
                   where facet is { Values.Count: > 0 }
                   let values = facet.Values.Select(value => new FirstPageValue(counted.Word == "type" ? (EntityTypeNames.Parse(value.Value) ?? value.Value) : value.Value, value.Count, PageAddress.Search(counted.Word, value.Value)))
                   select new FirstPageFacet(counted.Title, counted.Word == "type", [.. values]),
            ],
            [.. store.ListRuns(0, MostRuns, includeSoft: true).Select(RunOverview.Of)],
            ChangesModel.Read(store, index, now, ChangesModel.Periods[^1], page: 1, MostChanges).Changes,
            server);
    }
}

/// <summary>Counts by one field.</summary>
/// <param name="Title">Such as <c>By platform</c>.</param>
/// <param name="AreTypes">Whether the values are entity types.</param>
/// <param name="Values">The values.</param>
public sealed record FirstPageFacet(string Title, bool AreTypes, IReadOnlyList<FirstPageValue> Values);

/// <summary>A value, how many entities have it, and where they are listed.</summary>
public sealed record FirstPageValue(string Value, int Count, string Address);

/// <summary>A run in a list.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Rows">How many current aspects it wrote.</param>
/// <param name="Time">When it was last seen.</param>
public sealed record RunOverview(string RunId, long Rows, DateTimeOffset? Time)
{
    internal static RunOverview Of(RunSummary run) => new(run.RunId, run.Rows, JsonReading.AsTime(run.Timestamp));
}
