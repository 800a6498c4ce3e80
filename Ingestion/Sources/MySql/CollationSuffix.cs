using System.Collections.Frozen;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// The words <c>CHARACTER SET x COLLATE y</c> that SHOW CREATE TABLE prints after the type of a text column, worked out
/// from the collations of column and table.
/// </summary>
internal sealed class CollationSuffix
{
    private readonly FrozenSet<string> _defaults;
    private readonly bool _printsInherited;

    private CollationSuffix(FrozenSet<string> defaults, bool printsInherited)
    {
        (_defaults, _printsInherited) = (defaults, printsInherited);
    }

    /// <summary>Learns what it has to from the server.</summary>
    public static async Task<CollationSuffix> ReadAsync(MySqlSession session, CancellationToken cancellationToken)
    {
        var rows = session.Features.PrintsInheritedCollation ? await session.QueryAsync("collations", InformationSchema.DefaultCollations, cancellationToken) : [];
        return new(rows.Select(row => row[0]!).ToFrozenSet(StringComparer.Ordinal), session.Features.PrintsInheritedCollation);
    }

    /// <summary>The suffix with a leading space, or empty.</summary>
    /// <param name="characterSet">Of the column.</param>
    /// <param name="collation">Of the column.</param>
    /// <param name="tableCollation">Of the table.</param>
    public string Of(string characterSet, string collation, string tableCollation)
    {
        if (collation != tableCollation)
        {
            return $" CHARACTER SET {characterSet} COLLATE {collation}";
        }
        return _printsInherited && !_defaults.Contains(collation) ? $" COLLATE {collation}" : "";
    }
}
