using Discovery.Catalog.Store;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Timeline;

/// <summary>How an entity changed, as the kept versions of its aspects tell.</summary>
public static class EntityTimeline
{
    /// <summary>The changes of an entity, oldest first.</summary>
    /// <param name="store">The store.</param>
    /// <param name="urn">The entity.</param>
    /// <param name="categories">The kinds of changes.</param>
    /// <remarks>
    /// Of an aspect that was written more often than versions are kept, the oldest version that is there has no changes: what it changed is
    /// not known.
    /// </remarks>
    public static IReadOnlyList<ChangeTransaction> Read(CatalogStore store, Urn urn, IReadOnlySet<ChangeCategory> categories)
    {
        if (!AspectRegistry.Instance.Entities.TryGetValue(urn.EntityType, out var entity))
        {
            return [];
        }
        var changes = entity.Aspects.Select(name => AspectRegistry.Instance.Aspects[name])
            .Where(aspect => !aspect.Timeseries && AspectFacts.Knows(aspect))
            .SelectMany(aspect => Changes(store.ReadHistory(urn.ToString(), aspect.Name), aspect, urn.ToString()))
            .Where(change => categories.Contains(change.Event.Category))
            .GroupBy(change => change.Version.CreatedOn)
            .OrderBy(transaction => transaction.Key);
        return [.. Numbered(changes)];
    }

    private static IEnumerable<(StoredAspect Version, ChangeEvent Event)> Changes(IReadOnlyList<StoredAspect> history, AspectType aspect, string urn)
    {
        IReadOnlyDictionary<(ChangeCategory, string), Fact>? before = history is [{ Version: 0 or 1 }, ..] ? new Dictionary<(ChangeCategory, string), Fact>() : null;
        foreach (var version in history)
        {
            var now = AspectFacts.Read(aspect, urn, version.Value);
            foreach (var change in before is null ? [] : Differences(before, now))
            {
                yield return (version, change);
            }
            before = now;
        }
    }

    private static IEnumerable<ChangeEvent> Differences(IReadOnlyDictionary<(ChangeCategory, string), Fact> before, IReadOnlyDictionary<(ChangeCategory, string), Fact> now)
    {
        foreach (var (key, fact) in now)
        {
            if (!before.TryGetValue(key, out var old))
            {
                yield return Event(key.Item1, "ADD", fact, $"{fact.Label} was added to {fact.EntityUrn}.");
            }
            else if (old.Value != fact.Value)
            {
                yield return Event(key.Item1, "MODIFY", fact, $"{fact.Label} of {fact.EntityUrn} changed from '{old.Value}' to '{fact.Value}'.");
            }
        }
        foreach (var (key, fact) in before)
        {
            if (!now.ContainsKey(key))
            {
                yield return Event(key.Item1, "REMOVE", fact, $"{fact.Label} was removed from {fact.EntityUrn}.");
            }
        }
    }

    private static ChangeEvent Event(ChangeCategory category, string operation, Fact fact, string description)
    {
        var breaks = category == ChangeCategory.TechnicalSchema && operation != "ADD";
        return new ChangeEvent(fact.EntityUrn, category, operation, fact.Modifier, breaks ? SemVerChange.Major : SemVerChange.Minor, description);
    }

    /// <summary>Counts versions on from <c>0.0.0</c>, which is what the first changes lead to.</summary>
    private static IEnumerable<ChangeTransaction> Numbered(IEnumerable<IGrouping<long, (StoredAspect Version, ChangeEvent Event)>> transactions)
    {
        var (major, minor) = (0, -1);
        foreach (var transaction in transactions)
        {
            var events = transaction.Select(change => change.Event).ToList();
            var change = events.Max(one => one.Change);
            (major, minor) = change == SemVerChange.Major && minor >= 0 ? (major + 1, 0) : (major, minor + 1);
            yield return new ChangeTransaction(transaction.Key, transaction.First().Version.CreatedBy, $"{major}.{minor}.0-computed", change, events);
        }
    }
}
