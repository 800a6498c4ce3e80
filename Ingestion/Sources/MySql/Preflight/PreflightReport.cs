namespace Discovery.Ingestion.Sources.MySql.Preflight;

/// <summary>A part of a database that a recipe can ask for.</summary>
public enum PreflightFeature
{
    /// <summary>Tables and views with their columns, keys and comments.</summary>
    Structure,

    /// <summary>Texts of views, and so their lineage.</summary>
    ViewTexts,

    /// <summary>Stored procedures with their bodies.</summary>
    Procedures,

    /// <summary>The rows, for profiling.</summary>
    Data,
}

/// <summary>How much an account sees of one feature in one database.</summary>
public enum PreflightSight
{
    /// <summary>All of it.</summary>
    All,

    /// <summary>That of some tables or views.</summary>
    SomeTables,

    /// <summary>That of some tables, and of at least one of them some columns only.</summary>
    SomeColumns,

    /// <summary>Procedures by name, without bodies.</summary>
    NamesOnly,

    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>No grant that the server lists explains what is visible, so nothing tells whether it is all.</summary>
    Unknown,
}

/// <summary>Whether the server shows a database that a recipe keeps or names.</summary>
public enum PreflightPresence
{
    /// <summary>It is shown.</summary>
    Visible,

    /// <summary>The recipe names it and it is not shown: it is not there, or the account has no right on it.</summary>
    NotVisible,

    /// <summary>The recipe names it and it is not there: the account would be shown it.</summary>
    NotThere,
}

/// <summary>What the account sees of one database.</summary>
/// <param name="Name">Name of the database.</param>
/// <param name="Presence">Whether the server shows it.</param>
/// <param name="Sights">How much of each feature that the recipe asks for, in the order of <see cref="PreflightFeature"/>.</param>
public sealed record PreflightDatabase(string Name, PreflightPresence Presence, IReadOnlyDictionary<PreflightFeature, PreflightSight> Sights);

/// <summary>What to grant for one feature.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Databases">Names of the databases that lack it.</param>
/// <param name="Statements">The statements that an administrator runs, all of them, each with its semicolon.</param>
/// <param name="Narrow">The same on single databases, where <paramref name="Statements"/> gives it on everything; else empty.</param>
/// <param name="Wide">One statement that gives it on everything, where <paramref name="Statements"/> are many; else null.</param>
/// <param name="Remark">What the statement opens besides; null for nothing.</param>
public sealed record PreflightGrant(
    PreflightFeature Feature, IReadOnlyList<string> Databases, IReadOnlyList<string> Statements, IReadOnlyList<string> Narrow, string? Wide, string? Remark);

/// <summary>What an account sees of the databases that a recipe keeps, and what is missing.</summary>
public sealed record PreflightReport
{
    /// <summary>Host and port.</summary>
    public required string Address { get; init; }

    /// <summary>The server's version text.</summary>
    public required string Server { get; init; }

    /// <summary>The account as the server knows it, quoted for a GRANT: <c>`datahub`@`%`</c>.</summary>
    public required string Account { get; init; }

    /// <summary>Roles that the account holds, quoted; only when none of them is active.</summary>
    public required IReadOnlyList<string> InactiveRoles { get; init; }

    /// <summary>The features that the recipe asks for.</summary>
    public required IReadOnlyList<PreflightFeature> Features { get; init; }

    /// <summary>The databases that the recipe keeps or names, in byte order of their names.</summary>
    public required IReadOnlyList<PreflightDatabase> Databases { get; init; }

    /// <summary>How many visible databases the recipe leaves out.</summary>
    public required int LeftOut { get; init; }

    /// <summary>What to grant, one entry for each feature that is not all there.</summary>
    public required IReadOnlyList<PreflightGrant> Missing { get; init; }

    /// <summary>Whether the recipe keeps a database, and the account sees all that the recipe asks for.</summary>
    public bool IsComplete => Databases.Count > 0 && Missing.Count == 0 && Databases.All(database => database.Presence == PreflightPresence.Visible);
}
