namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Where an account holds one right, or may hold it.</summary>
internal sealed class GrantScope(AccountGrants grants, MySqlRights right)
{
    /// <summary>Whether the right counts for a table or view. Where no grant explains what is visible it may, so only asking tells.</summary>
    public bool Covers(string schema, string table) => grants.On(schema, table).HasFlag(right) || !grants.Explains(schema);
}
