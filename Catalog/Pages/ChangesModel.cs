using Discovery.Catalog.Pages.Views;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Pages;

/// <summary>What changed in the last days, newest first, soft-deleted entities included.</summary>
/// <param name="Days">How many days.</param>
/// <param name="Total">How many entities changed.</param>
/// <param name="Changes">Those of the page.</param>
/// <param name="Page">The page, from 1.</param>
public sealed record ChangesModel(int Days, int Total, IReadOnlyList<EntityChange> Changes, int Page)
{
    internal const int PageSize = 50;

    /// <summary>The numbers of days that one can choose.</summary>
    internal static readonly IReadOnlyList<int> Periods = [1, 7, 30];

    internal static ChangesModel Read(CatalogStore store, SearchIndex index, DateTimeOffset now, int days, int page, int pageSize = PageSize)
    {
        var since = now.AddDays(-days).ToUnixTimeMilliseconds();
        var answer = index.Search(new SearchRequest
        {
            Filter = new SearchFilter(
            [[
                new Criterion(IndexSchema.ChangedField, "GREATER_THAN_OR_EQUAL_TO", [since.ToString(System.Globalization.CultureInfo.InvariantCulture)]),
                OwnAffairs.LeftOut,
            ]]),
            Sort = [new SortBy(IndexSchema.ChangedField, Descending: true)],
            IncludeSoftDeleted = true,
            Start = (page - 1) * pageSize,
            Count = pageSize,
            Facets = [],
        });
        return new ChangesModel(days, answer.Total, [.. answer.Matches.Select(match => EntityChange.Read(match.Urn, store.ReadEntity(match.Urn), store.ReadHistory, since))], page);
    }
}

/// <summary>How an entity changed since a time.</summary>
/// <param name="Urn">The entity.</param>
/// <param name="Time">When it changed last.</param>
/// <param name="IsNew">Whether it was not there before; it has no differences then.</param>
/// <param name="Differences">What is different from the time before, the name of the aspect at the beginning of each path.</param>
public sealed record EntityChange(string Urn, DateTimeOffset? Time, bool IsNew, IReadOnlyList<AspectDifference> Differences)
{
    /// <summary>Most differences that are told of one entity.</summary>
    public const int MostDifferences = 5;

    /// <summary>Compares an entity with what it was.</summary>
    /// <param name="urn">The entity.</param>
    /// <param name="current">Its current aspects.</param>
    /// <param name="readHistory">Reads the versions of an aspect in the order in which they were written, the current one last.</param>
    /// <param name="since">A time in milliseconds since 1970-01-01 UTC.</param>
    internal static EntityChange Read(string urn, IReadOnlyList<StoredAspect> current, Func<string, string, IReadOnlyList<StoredAspect>> readHistory, long since)
    {
        var key = AspectRegistry.Instance.Entities[Metadata.Urn.Parse(urn).EntityType].KeyAspect;
        var changed = current.Where(aspect => aspect.CreatedOn >= since).OrderBy(aspect => aspect.Aspect, StringComparer.Ordinal).ToList();
        var isNew = changed.Exists(aspect => aspect.Aspect == key);
        return new EntityChange(
            urn,
            JsonReading.AsTime(changed.Select(aspect => aspect.CreatedOn).DefaultIfEmpty().Max()),
            isNew,
            isNew ? [] : [.. changed.SelectMany(aspect => Compare(aspect, readHistory(urn, aspect.Aspect).LastOrDefault(version => version.CreatedOn < since))).Take(MostDifferences + 1)]);
    }

    private static IEnumerable<AspectDifference> Compare(StoredAspect after, StoredAspect? before) => before is null
        ? [new AspectDifference(after.Aspect, null, null)]
        : AspectDifference.Between(AspectSet.Parse(before.Value), AspectSet.Parse(after.Value), MostDifferences + 1)
            .Select(difference => difference with { Path = difference.Path.Length == 0 ? after.Aspect : $"{after.Aspect} / {difference.Path}" });
}
