using Discovery.Ingestion.Pipeline;

namespace Discovery.Ingestion.Sources.MySql.Preflight;

/// <summary>Tells what the account of a recipe sees of its databases and what it lacks, before a run.</summary>
public static class MySqlPreflight
{
    /// <summary>Logs in as the recipe says and reads dictionary facts, in as many statements for one database as for thousands.</summary>
    /// <exception cref="SourceException">The server cannot be reached or refuses the account.</exception>
    public static async Task<PreflightReport> RunAsync(MySqlSourceConfig config, RunContext context, CancellationToken cancellationToken)
    {
        // A default database that the account is not shown would end the log-in.
        await using var session = await MySqlSession.OpenAsync(config with { LogsInWithoutDatabase = true }, context, cancellationToken);
        var account = await ServerAccount.ReadAsync(session, cancellationToken);
        var visible = (await session.QueryAsync("schemas", InformationSchema.Schemas, cancellationToken)).Select(row => row[0]!).ToList();
        var (kept, hidden) = Asked(config, visible, account.Grants.Matching.Names);
        var views = config.IncludeViews ? await ViewsAsync(session, config, cancellationToken) : Enumerable.Empty<string>().ToLookup(_ => "");

        var features = Features(config).ToList();
        var sight = new AccountSight(account.Grants, session.Features, views);
        List<PreflightDatabase> databases =
        [
            .. kept.Select(name => new PreflightDatabase(name, PreflightPresence.Visible, features.ToDictionary(feature => feature, feature => sight.Of(feature, name)))),
            .. hidden.Select(name => new PreflightDatabase(
                name,
                (account.Grants.On(name) & MySqlRights.ShowsDatabase) == MySqlRights.None ? PreflightPresence.NotVisible : PreflightPresence.NotThere,
                features.ToDictionary(feature => feature, _ => PreflightSight.Nothing))),
        ];
        databases.Sort((x, y) => NameOrder.Instance.Compare(x.Name, y.Name));
        var advice = new GrantAdvice(account, session.Features, config);
        return new PreflightReport
        {
            Address = config.GetTarget().Address.ToString(),
            Server = session.Features.VersionText,
            Account = account.Name,
            InactiveRoles = account.InactiveRoles,
            Features = features,
            Databases = databases,
            LeftOut = visible.Count - kept.Count,
            Missing = [.. from feature in features
                          let lacking = databases.FindAll(database => database.Presence != PreflightPresence.NotThere && database.Sights[feature] != PreflightSight.All).ConvertAll(database => database.Name)
                          where lacking.Count > 0
                          select advice.For(feature, lacking)],
        };
    }

    private static IEnumerable<PreflightFeature> Features(MySqlSourceConfig config)
    {
        yield return PreflightFeature.Structure;
        if (config.IncludeViews)
        {
            yield return PreflightFeature.ViewTexts;
        }
        if (config.IncludeStoredProcedures)
        {
            yield return PreflightFeature.Procedures;
        }
        if (config.Profiling.Enabled)
        {
            yield return PreflightFeature.Data;
        }
    }

    /// <summary>The visible databases that the recipe keeps, and those that it names and that are not visible.</summary>
    private static (List<string> Kept, List<string> Hidden) Asked(MySqlSourceConfig config, List<string> visible, StringComparer names)
    {
        if (config.GetTarget().Database is { } only)
        {
            var kept = visible.FindAll(name => names.Equals(name, only) && config.DatabasePattern.Allows(name));
            return (kept, kept.Count == 0 && config.DatabasePattern.Allows(only) ? [only] : []);
        }
        return (
            visible.FindAll(config.DatabasePattern.Allows),
            [.. config.DatabasePattern.ExactNames.Where(config.DatabasePattern.Allows).Except(visible, StringComparer.OrdinalIgnoreCase)]);
    }

    private static async Task<ILookup<string, string>> ViewsAsync(MySqlSession session, MySqlSourceConfig config, CancellationToken cancellationToken) =>
        (await session.QueryAsync("views", InformationSchema.Views, cancellationToken))
            .Where(row => config.ViewFilter.Allows($"{row[0]}.{row[1]}"))
            .ToLookup(row => row[0]!, row => row[1]!, StringComparer.Ordinal);
}
