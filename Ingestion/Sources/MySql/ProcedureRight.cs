namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Of which databases the account is shown the stored procedures with their bodies. Which right does that depends on the server.</summary>
internal sealed class ProcedureRight(AccountGrants grants, ServerFeatures server)
{
    /// <summary>Whether the account is shown the bodies.</summary>
    public bool ShowsBodies(string schema) => InformationSchema.IsShownToAll(schema) || server.RoutineBodyRight switch
    {
        RoutineBodyRight.ShowRoutine => grants.Global.HasFlag(MySqlRights.ShowRoutine) || HasGlobalSelect(schema),
        RoutineBodyRight.GlobalSelect => HasGlobalSelect(schema),
        RoutineBodyRight.ShowCreateRoutine => grants.On(schema).HasFlag(MySqlRights.ShowCreateRoutine) || HasSelectOnProc(),
        _ => HasSelectOnProc(),
    };

    private bool HasGlobalSelect(string schema) => (grants.Global & ~grants.Revoked(schema)).HasFlag(MySqlRights.Select);

    private bool HasSelectOnProc() => grants.On("mysql", "proc").HasFlag(MySqlRights.Select);
}
