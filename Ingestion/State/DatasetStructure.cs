namespace Discovery.Ingestion.State;

/// <summary>What of a dataset is compared between runs.</summary>
public sealed record DatasetStructure
{
    /// <summary>Its urn.</summary>
    public required string Urn { get; init; }

    /// <summary>The database that it is counted under: its name without the table's own, which is what follows the last dot where it is not known; empty where nothing is left.</summary>
    public required string Database { get; init; }

    /// <summary>Its name, such as <c>shop.orders</c>.</summary>
    public required string Name { get; init; }

    /// <summary>DataHub's subtype, such as <c>Table</c> or <c>View</c>; null where it has none.</summary>
    public string? Kind { get; init; }

    /// <summary>Its comment; null where it has none.</summary>
    public string? Comment { get; init; }

    /// <summary>Its columns in order.</summary>
    public required IReadOnlyList<ColumnStructure> Columns { get; init; }

    /// <summary>Its foreign keys, by name: <c>fk_customer (customer_id) → shop.customers (id)</c>.</summary>
    public required IReadOnlyList<string> ForeignKeys { get; init; }
}

/// <summary>What of a column is compared between runs.</summary>
/// <param name="Name">Its name; the path of its field.</param>
/// <param name="Type">The server's own type, such as <c>varchar(20)</c>.</param>
/// <param name="IsNullable">Whether it can be null.</param>
/// <param name="Comment">Its comment; null where it has none.</param>
/// <param name="IsKey">Whether it is part of the primary key.</param>
public sealed record ColumnStructure(string Name, string Type, bool IsNullable, string? Comment, bool IsKey);
