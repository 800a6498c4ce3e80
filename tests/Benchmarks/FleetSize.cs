namespace Discovery.Benchmarks;

/// <summary>How large a fleet of databases is, or a part of it, and what a complete run over it gives.</summary>
/// <param name="Schemas">Databases.</param>
/// <param name="Tables">Tables of each database.</param>
/// <param name="Columns">Columns of each table.</param>
internal sealed record FleetSize(int Schemas, int Tables, int Columns)
{
    /// <summary>What a run has to write: five records a container and four a table, one foreign key on each table but the first.</summary>
    public OutputCounts Output => new(
        Containers: Schemas,
        Datasets: AllTables,
        Fields: AllTables * Columns,
        ForeignKeys: (long)Schemas * (Tables - 1),
        Records: (5L * Schemas) + (4 * AllTables));

    /// <summary>Rows of the statements of a crawl: tables, columns of primary and foreign keys, columns.</summary>
    public long Rows => AllTables + AllTables + ((long)Schemas * (Tables - 1)) + (AllTables * Columns);

    private long AllTables => (long)Schemas * Tables;
}

/// <summary>What a metadata file holds.</summary>
internal sealed record OutputCounts(long Containers, long Datasets, long Fields, long ForeignKeys, long Records)
{
    /// <summary>Counts a file in the layout of DataHub's client: one member a line, records start in column 0.</summary>
    public static OutputCounts OfFile(string path)
    {
        long containers = 0, datasets = 0, fields = 0, foreignKeys = 0, records = 0;
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith('{'))
            {
                records++;
                continue;
            }
            var text = line.AsSpan().TrimStart();
            if (text.StartsWith("\"fieldPath\": "))
            {
                fields++;
            }
            else if (text.StartsWith("\"foreignDataset\": "))
            {
                foreignKeys++;
            }
            else if (text.StartsWith("\"com.linkedin.pegasus2avro.schema.SchemaMetadata\": "))
            {
                datasets++;
            }
            else if (text.SequenceEqual("\"aspectName\": \"containerProperties\","))
            {
                containers++;
            }
        }
        return new(containers, datasets, fields, foreignKeys, records);
    }
}
