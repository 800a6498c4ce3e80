using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Diffs;

/// <summary>Puts a diff together: whole counts for each database, and entries as long as there is room.</summary>
internal sealed class DiffBuilder
{
    private readonly Dictionary<string, (int Added, int Changed, int Unseen)> _counts = new(StringComparer.Ordinal);
    private readonly List<DiffEntry> _entries = [];

    /// <summary>Adds a dataset whose digests differ.</summary>
    /// <returns>Whether there is an entry for it now.</returns>
    public bool Add(StructurePair pair, bool unseen)
    {
        var (before, after) = (pair.Before is null ? null : StoredStructure.Read(pair.Before), pair.After is null ? null : StoredStructure.Read(pair.After));
        var differences = before is null || after is null ? [] : StructureComparison.Compare(before, after);
        if (before is not null && after is not null && differences.Count == 0)
        {
            // Another version of the program wrote the earlier one in another way.
            return false;
        }
        var change = unseen ? DiffChange.Unseen : pair.WasThere ? DiffChange.Changed : DiffChange.Added;
        var (added, changed, gone) = _counts.GetValueOrDefault(pair.Database);
        _counts[pair.Database] = change switch
        {
            DiffChange.Added => (added + 1, changed, gone),
            DiffChange.Changed => (added, changed + 1, gone),
            _ => (added, changed, gone + 1),
        };
        if ((after ?? before) is not { } shown)
        {
            return false;
        }
        _entries.Add(new DiffEntry(pair.Urn, pair.Database, shown.Name, shown.Kind, change, differences));
        return true;
    }

    /// <param name="run">The run.</param>
    /// <param name="against">The run that it was compared with.</param>
    /// <param name="remarks">What to know already.</param>
    /// <param name="sights">How much the run saw.</param>
    public RunDiff Build(string run, string against, IReadOnlyList<string> remarks, DatabaseSights sights)
    {
        var all = _counts.Values.Sum(count => count.Added + count.Changed + count.Unseen);
        return new RunDiff
        {
            RunId = run,
            Totals = new DiffTotals(against, _counts.Values.Sum(count => count.Added), _counts.Values.Sum(count => count.Changed), _counts.Values.Sum(count => count.Unseen)),
            Remarks = all > RunDiffs.MostEntries ? [.. remarks, $"{all} tables and views are different, of which the first {RunDiffs.MostEntries} are listed; the counts are whole."] : remarks,
            Databases =
            [
                .. _counts.OrderBy(count => count.Key, StringComparer.Ordinal)
                    .Select(count => new DatabaseDiff(count.Key, count.Value.Added, count.Value.Changed, count.Value.Unseen, count.Value.Unseen > 0 ? sights.Doubt(count.Key) : null)),
            ],
            Entries = new Page<DiffEntry>(
                [.. _entries.OrderBy(entry => entry.Database, StringComparer.Ordinal).ThenBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Urn, StringComparer.Ordinal).Take(RunDiffs.MostEntries)], null),
        };
    }
}
