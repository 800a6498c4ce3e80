using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Sources.MySql.Preflight;

/// <summary>How much an account is shown of a visible database.</summary>
/// <param name="grants">What the account may.</param>
/// <param name="server">Which right shows what.</param>
/// <param name="views">The visible views that the recipe keeps, per database.</param>
internal sealed class AccountSight(AccountGrants grants, ServerFeatures server, ILookup<string, string> views)
{
    private readonly StructureRight _structure = new(grants);
    private readonly ProcedureRight _procedures = new(grants, server);

    /// <summary>How much of one feature.</summary>
    public PreflightSight Of(PreflightFeature feature, string schema)
    {
        var sight = feature switch
        {
            PreflightFeature.Structure => Structure(schema),
            PreflightFeature.ViewTexts => ViewTexts(schema),
            PreflightFeature.Procedures => Procedures(schema),
            _ => Data(schema),
        };
        return sight == PreflightSight.Nothing && !grants.Explains(schema) ? PreflightSight.Unknown : sight;
    }

    private PreflightSight Structure(string schema) => _structure.Of(schema) switch
    {
        DatabaseVisibility.Complete => PreflightSight.All,
        DatabaseVisibility.SomeTables => PreflightSight.SomeTables,
        DatabaseVisibility.SomeColumns => PreflightSight.SomeColumns,
        _ => PreflightSight.Nothing,
    };

    private PreflightSight ViewTexts(string schema)
    {
        if (grants.On(schema).HasFlag(MySqlRights.ShowView))
        {
            return PreflightSight.All;
        }
        var readable = views[schema].Count(view => grants.On(schema, view).HasFlag(MySqlRights.ShowView));
        // Where everything is visible there is nothing to miss but the views that are listed.
        return readable == views[schema].Count() && Structure(schema) == PreflightSight.All ? PreflightSight.All
            : readable > 0 ? PreflightSight.SomeTables
            : PreflightSight.Nothing;
    }

    private PreflightSight Procedures(string schema) =>
        _procedures.ShowsBodies(schema) ? PreflightSight.All
        : grants.On(schema).HasFlag(MySqlRights.UseRoutine) ? PreflightSight.NamesOnly
        : PreflightSight.Nothing;

    private PreflightSight Data(string schema) =>
        grants.On(schema).HasFlag(MySqlRights.Select) ? PreflightSight.All
        : grants.TablesOf(schema).Any(table => grants.OnColumns(schema, table).HasFlag(MySqlRights.Select)) ? PreflightSight.SomeColumns
        : grants.TablesOf(schema).Any(table => grants.On(schema, table).HasFlag(MySqlRights.Select)) ? PreflightSight.SomeTables
        : PreflightSight.Nothing;
}
