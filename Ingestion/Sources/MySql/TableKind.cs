namespace Discovery.Ingestion.Sources.MySql;

/// <summary>What a row of <c>information_schema.TABLES</c> is to us.</summary>
internal enum TableKind
{
    /// <summary>A base table; MariaDB's system-versioned tables too.</summary>
    Table,

    /// <summary>A view that a person made.</summary>
    View,

    /// <summary>A view of <c>information_schema</c> itself.</summary>
    SystemView,

    /// <summary>Not metadata of its own: a sequence, a temporary table.</summary>
    Other,
}

/// <summary>Reads <see cref="TableKind"/>.</summary>
internal static class TableKinds
{
    /// <summary>The kind of a <c>TABLE_TYPE</c>.</summary>
    public static TableKind Of(string tableType) => tableType switch
    {
        "BASE TABLE" or "SYSTEM VERSIONED" => TableKind.Table,
        "VIEW" => TableKind.View,
        "SYSTEM VIEW" => TableKind.SystemView,
        _ => TableKind.Other,
    };
}
