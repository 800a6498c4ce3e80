namespace Discovery.Ingestion.Control;

/// <summary>How a run differs from the last complete run of its recipe: the answer of <c>GET /api/v1/runs/{id}/diff</c>. Nothing is removed for what is told here.</summary>
public sealed record RunDiff
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Its sums, always whole; null where it was not compared, for which <see cref="Remarks"/> tells why.</summary>
    public DiffTotals? Totals { get; init; }

    /// <summary>What to know when reading it, in words for people.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>The databases with a difference, by their names, with counts that are always whole; the first 1,000.</summary>
    public required IReadOnlyList<DatabaseDiff> Databases { get; init; }

    /// <summary>The tables and views with a difference, by their databases and names. Of one run the first 10,000 are kept.</summary>
    public required Page<DiffEntry> Entries { get; init; }
}

/// <summary>What differs in a database.</summary>
/// <param name="Database">Its name, with that of the platform instance before it where the recipe has one; empty for what belongs to none.</param>
/// <param name="Added">Tables and views that are new.</param>
/// <param name="Changed">Those that are different.</param>
/// <param name="Unseen">Those that the earlier run saw and this one did not.</param>
/// <param name="Remark">Why what is unseen may be there nevertheless; null where nothing speaks for that.</param>
public sealed record DatabaseDiff(string Database, int Added, int Changed, int Unseen, string? Remark);

/// <summary>A table or view that differs.</summary>
/// <param name="Urn">Its urn.</param>
/// <param name="Database">The database that it is counted under.</param>
/// <param name="Name">Its name, such as <c>shop.orders</c>.</param>
/// <param name="Kind">DataHub's subtype, such as <c>Table</c>; null where it has none.</param>
/// <param name="Change">What happened to it.</param>
/// <param name="Differences">For one that changed: what is different, at most 100.</param>
public sealed record DiffEntry(string Urn, string Database, string Name, string? Kind, DiffChange Change, IReadOnlyList<Difference> Differences);

/// <summary>What happened to a table or view.</summary>
public enum DiffChange
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is different.</summary>
    Changed,

    /// <summary>The earlier run saw it and this one did not.</summary>
    Unseen,
}

/// <summary>One thing that is different in a table or view.</summary>
/// <param name="Aspect">What it is about.</param>
/// <param name="Column">The column; null where it is about the table as a whole.</param>
/// <param name="Before">What it was, cut after 500 characters; null where it was not there.</param>
/// <param name="After">What it is, cut likewise; null where it is not there any more.</param>
public sealed record Difference(DifferenceAspect Aspect, string? Column, string? Before, string? After);

/// <summary>What a difference is about.</summary>
public enum DifferenceAspect
{
    /// <summary>DataHub's subtype, such as <c>Table</c> or <c>View</c>.</summary>
    Kind,

    /// <summary>A comment, of the table or of the column.</summary>
    Comment,

    /// <summary>The column itself: added where there is no before, removed where there is no after; else its type.</summary>
    Column,

    /// <summary>Whether the column can be null: <c>true</c> or <c>false</c>.</summary>
    Nullable,

    /// <summary>The columns of the primary key, with commas between them.</summary>
    PrimaryKey,

    /// <summary>A foreign key: added where there is no before, removed where there is no after.</summary>
    ForeignKey,
}
