namespace Discovery.Ingestion.Sources.MySql;

/// <summary>How a server finds the grants on databases that count for one of them.</summary>
/// <param name="IgnoresCase">Names of databases are compared without case (<c>lower_case_table_names</c> is not 0).</param>
/// <param name="PatternsAreNames">A pattern is a name, its backslashes included (MySQL with <c>partial_revokes</c>).</param>
/// <param name="Order">Which of several patterns that match is taken.</param>
internal sealed record GrantMatching(bool IgnoresCase, bool PatternsAreNames, GrantOrder Order)
{
    /// <summary>Compares names of databases.</summary>
    public StringComparer Names => IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}

/// <summary>
/// Which grant counts where several patterns match a database. A server takes one and ignores the others: with REFERENCES
/// on <c>shop\_%</c> and SHOW VIEW on <c>shop\_eu</c> an account has no REFERENCES on <c>shop_eu</c>.
/// </summary>
internal enum GrantOrder
{
    /// <summary>The first one that <c>SHOW GRANTS</c> lists (MariaDB).</summary>
    Listed,

    /// <summary>The one with the longest beginning that holds no wildcard; of equals, any (MySQL).</summary>
    LongestStem,

    /// <summary>The exact name, else any or all of them; releases differ (MySQL with an active role).</summary>
    Undefined,
}

/// <summary>One grant on the databases that match a pattern.</summary>
internal sealed record SchemaGrant(string Pattern, MySqlRights Rights, int Position);

/// <summary>The grants of one holder on databases.</summary>
internal sealed class SchemaGrants
{
    private readonly GrantMatching _matching;
    private readonly Dictionary<string, List<SchemaGrant>> _byName;
    private readonly List<SchemaGrant> _wildcards = [];

    /// <summary>Takes the grants in the order in which the server lists them.</summary>
    public SchemaGrants(IEnumerable<(string Pattern, MySqlRights Rights)> grants, GrantMatching matching)
    {
        (_matching, _byName) = (matching, new(matching.Names));
        // The same pattern comes twice where a role has it from two others.
        foreach (var (position, grant) in grants.GroupBy(grant => grant.Pattern, matching.Names).Index())
        {
            var merged = new SchemaGrant(grant.Key, grant.Aggregate(MySqlRights.None, (rights, one) => rights | one.Rights), position);
            if ((matching.PatternsAreNames ? grant.Key : SchemaPattern.Literal(grant.Key)) is not { } name)
            {
                _wildcards.Add(merged);
            }
            else if (_byName.TryGetValue(name, out var same))
            {
                same.Add(merged);
            }
            else
            {
                _byName.Add(name, [merged]);
            }
        }
    }

    /// <summary>The grants that count for a database; where the server may take any of several, all of these.</summary>
    public IReadOnlyList<SchemaGrant> Deciding(string schema)
    {
        List<SchemaGrant> matches =
        [
            .. _byName.GetValueOrDefault(schema) ?? [],
            .. _wildcards.Where(grant => SchemaPattern.Matches(grant.Pattern, schema, _matching.IgnoresCase)),
        ];
        if (matches.Count < 2)
        {
            return matches;
        }
        switch (_matching.Order)
        {
            case GrantOrder.Listed:
                return [matches.MinBy(grant => grant.Position)!];
            case GrantOrder.LongestStem:
                var longest = matches.Max(grant => SchemaPattern.Stem(grant.Pattern));
                return matches.FindAll(grant => SchemaPattern.Stem(grant.Pattern) == longest);
            default:
                return matches.Find(grant => _matching.Names.Equals(grant.Pattern, schema)) is { } exact && SchemaPattern.Literal(exact.Pattern) is not null ? [exact] : matches;
        }
    }

    /// <summary>The rights on a whole database.</summary>
    public MySqlRights On(string schema)
    {
        var deciding = Deciding(schema);
        return deciding.Count == 0 ? MySqlRights.None : deciding.Aggregate(MySqlRights.All, (rights, grant) => rights & grant.Rights);
    }
}
