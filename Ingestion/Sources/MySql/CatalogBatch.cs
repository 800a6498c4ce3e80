namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Some schemas and the rows of their tables, keys, columns, procedures and view texts, each ordered by the bytes of the names.</summary>
/// <param name="Schemas">Names of the schemas, ordered by their bytes.</param>
internal sealed record CatalogBatch(IReadOnlyList<string> Schemas) : IDisposable
{
    /// <summary>Cells as <see cref="InformationSchema.Table"/>.</summary>
    public RowSpool Tables { get; } = new(InformationSchema.Table.Count);

    /// <summary>Cells as <see cref="InformationSchema.Key"/>.</summary>
    public RowSpool Keys { get; } = new(InformationSchema.Key.Count);

    /// <summary>Cells as <see cref="InformationSchema.Column"/>.</summary>
    public RowSpool Columns { get; } = new(InformationSchema.Column.Count);

    /// <summary>Cells as <see cref="InformationSchema.Procedure"/>.</summary>
    public RowSpool Procedures { get; } = new(InformationSchema.Procedure.Count);

    /// <summary>Cells: schema, view, text (NULL when it cannot be read).</summary>
    public RowSpool ViewTexts { get; } = new(3);

    private RowSpool[] Spools => [Tables, Keys, Columns, Procedures, ViewTexts];

    /// <summary>Ends all rows with a fault.</summary>
    public void Fail(Exception fault)
    {
        foreach (var spool in Spools)
        {
            spool.Complete(fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var spool in Spools)
        {
            spool.Dispose();
        }
    }
}
