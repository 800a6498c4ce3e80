namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Rights of an account, as far as they decide what it is shown.</summary>
[Flags]
internal enum MySqlRights
{
    /// <summary>No right; <c>USAGE</c>.</summary>
    None = 0,

    /// <summary><c>SELECT</c></summary>
    Select = 1,

    /// <summary><c>INSERT</c></summary>
    Insert = 2,

    /// <summary><c>UPDATE</c></summary>
    Update = 4,

    /// <summary><c>REFERENCES</c></summary>
    References = 8,

    /// <summary><c>SHOW VIEW</c></summary>
    ShowView = 16,

    /// <summary>MySQL's <c>SHOW_ROUTINE</c></summary>
    ShowRoutine = 32,

    /// <summary>MariaDB's <c>SHOW CREATE ROUTINE</c></summary>
    ShowCreateRoutine = 64,

    /// <summary><c>EXECUTE</c>, <c>CREATE ROUTINE</c>, <c>ALTER ROUTINE</c>: each shows the names of routines and not their bodies.</summary>
    UseRoutine = 128,

    /// <summary>
    /// Any other that can be given on a database, and <c>SHOW DATABASES</c>. What is about the server alone, such as
    /// <c>PROCESS</c>, shows nothing of what is here and is <see cref="None"/>.
    /// </summary>
    Other = 256,

    /// <summary><c>ALL PRIVILEGES</c></summary>
    All = 511,

    /// <summary>Each of these makes a database visible by its name, be it given on everything or on that database.</summary>
    ShowsDatabase = All & ~ShowRoutine,

    /// <summary>Each of these shows tables with their columns and keys, and can be granted on a single column too.</summary>
    Structure = Select | Insert | Update | References,
}

/// <summary>Reads <see cref="MySqlRights"/>.</summary>
internal static class MySqlRightNames
{
    /// <summary>The right of a name as <c>SHOW GRANTS</c> prints it.</summary>
    public static MySqlRights Of(string name) => name switch
    {
        "USAGE" => MySqlRights.None,
        "SELECT" => MySqlRights.Select,
        "INSERT" => MySqlRights.Insert,
        "UPDATE" => MySqlRights.Update,
        "REFERENCES" => MySqlRights.References,
        "SHOW VIEW" => MySqlRights.ShowView,
        "SHOW_ROUTINE" => MySqlRights.ShowRoutine,
        "SHOW CREATE ROUTINE" => MySqlRights.ShowCreateRoutine,
        "EXECUTE" or "CREATE ROUTINE" or "ALTER ROUTINE" => MySqlRights.UseRoutine,
        "ALL PRIVILEGES" => MySqlRights.All,
        "DELETE" or "CREATE" or "DROP" or "INDEX" or "ALTER" or "CREATE TEMPORARY TABLES" or "LOCK TABLES" or "CREATE VIEW" or "EVENT" or "TRIGGER"
            or "DELETE HISTORY" or "SHOW DATABASES" => MySqlRights.Other,
        _ => MySqlRights.None,
    };
}
