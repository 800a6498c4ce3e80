namespace Discovery.Ingestion.Sources.MySql.Preflight;

/// <summary>Writes the GRANT statements that an account lacks.</summary>
internal sealed class GrantAdvice(ServerAccount account, ServerFeatures server, MySqlSourceConfig config)
{
    private const string PatternRemark = "A pattern stands there because the account has a grant on it: one on a single database would take its place there.";

    private AccountGrants Grants => account.Grants;

    /// <summary>What to grant for a feature on databases that lack it.</summary>
    public PreflightGrant For(PreflightFeature feature, IReadOnlyList<string> databases) => feature switch
    {
        PreflightFeature.Structure => OnDatabases(feature, "REFERENCES", MySqlRights.References, databases),
        PreflightFeature.ViewTexts => OnDatabases(feature, "SHOW VIEW", MySqlRights.ShowView, databases),
        PreflightFeature.Data => OnDatabases(feature, "SELECT", MySqlRights.Select, databases),
        _ => server.RoutineBodyRight switch
        {
            RoutineBodyRight.ShowCreateRoutine => OnDatabases(feature, "SHOW CREATE ROUTINE", MySqlRights.ShowCreateRoutine, databases),
            RoutineBodyRight.ShowRoutine => new PreflightGrant(feature, databases, [Statement("SHOW_ROUTINE", "*.*")], [], null, null),
            RoutineBodyRight.GlobalSelect => new PreflightGrant(
                feature, databases, [Statement("SELECT", "*.*"), .. Revoked(MySqlRights.Select, databases).Select(database => Statement("SELECT", OnName(database)))], [], null,
                "It opens all data for reading: this server has no smaller right (MySQL 8.0.20 and newer: SHOW_ROUTINE)."),
            _ => new PreflightGrant(
                feature, databases, [Statement("SELECT", "`mysql`.`proc`")], [], null,
                config.DatabasePattern.Allows("mysql") && config.GetTarget().Database is null ? "It makes the database mysql visible: deny it in database_pattern." : null),
        },
    };

    private PreflightGrant OnDatabases(PreflightFeature feature, string right, MySqlRights value, IReadOnlyList<string> databases)
    {
        List<string> narrow = [.. databases.SelectMany(database => Targets(database, value)).Distinct().Select(target => Statement(right, target))];
        // Rows of everything would be those of the server's own databases too, with the hashes of passwords.
        if (value == MySqlRights.Select)
        {
            return new PreflightGrant(feature, databases, narrow, [], null, Remark(databases, value));
        }
        // A partial revoke outlives a global grant.
        List<string> wide = [Statement(right, "*.*"), .. Revoked(value, databases).Select(database => Statement(right, OnName(database)))];
        var isGlobal = (Grants.Global & (MySqlRights.Structure | MySqlRights.ShowView)) != MySqlRights.None && wide.Count <= databases.Count;
        return isGlobal && narrow.Count > 1
            ? new PreflightGrant(feature, databases, wide, narrow, null, null)
            : new PreflightGrant(feature, databases, narrow, [], narrow.Count > 1 && wide.Count == 1 ? wide[0] : null, Remark(databases, value));
    }

    private string? Remark(IReadOnlyList<string> databases, MySqlRights right) =>
        !Grants.Matching.PatternsAreNames && databases.Any(database => Patterns(database, right).Any(pattern => SchemaPattern.Literal(pattern) is null)) ? PatternRemark : null;

    /// <summary>
    /// On what to grant a right for a database. The server takes one of the account's patterns that match, so where there is one
    /// the right goes there: a grant on the database itself would take the place of the pattern, with all its rights.
    /// </summary>
    private IEnumerable<string> Targets(string database, MySqlRights right) =>
        Grants.Deciding(database).Count > 0 ? Patterns(database, right).Select(pattern => $"{MySqlSession.Quote(pattern)}.*") : [OnName(database)];

    private IEnumerable<string> Patterns(string database, MySqlRights right) => Grants.Deciding(database).Where(grant => !grant.Rights.HasFlag(right)).Select(grant => grant.Pattern);

    private List<string> Revoked(MySqlRights right, IReadOnlyList<string> databases) => [.. databases.Where(database => Grants.Revoked(database).HasFlag(right))];

    private string OnName(string database) => $"{MySqlSession.Quote(Grants.Matching.PatternsAreNames ? database : SchemaPattern.Escape(database))}.*";

    private string Statement(string right, string target) => $"GRANT {right} ON {target} TO {account.Name};";
}
