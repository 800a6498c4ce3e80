using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Reports;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;
using ColumnCells = Discovery.Ingestion.Sources.MySql.InformationSchema.Column;
using KeyCells = Discovery.Ingestion.Sources.MySql.InformationSchema.Key;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// Makes the records of tables and views. For each table: <see cref="Begin"/>, its key columns, its columns, then
/// <see cref="SchemaMetadata"/>.
/// </summary>
internal sealed class TableMapper(EntityRecords records, ServerFeatures server, CollationSuffix suffix, SourceReport report)
{
    /// <summary>What tables and views are in DataHub.</summary>
    public const string EntityType = "dataset";

    private static ReadOnlySpan<byte> Stamps => "\"version\":0,\"created\":{\"time\":0,\"actor\":\"urn:li:corpuser:unknown\"},\"lastModified\":{\"time\":0,\"actor\":\"urn:li:corpuser:unknown\"},"u8;

    private readonly ColumnTypeCache _types = new(suffix);
    private readonly JsonText _json = new();
    private readonly List<byte[]> _primaryKey = [];
    private readonly List<ForeignKey> _foreignKeys = [];
    private TableRow _table = null!;

    /// <summary>Columns of the table so far.</summary>
    public int Columns { get; private set; }

    /// <summary>Begins a table.</summary>
    public void Begin(TableRow table)
    {
        _table = table;
        Columns = 0;
        _primaryKey.Clear();
        _foreignKeys.Clear();
    }

    /// <summary>Adds a column of a primary or foreign key.</summary>
    public void AddKeyColumn(RowSpool row)
    {
        if (row.IsNull(KeyCells.ReferencedTable))
        {
            _primaryKey.Add(row[KeyCells.Column].ToArray());
            return;
        }
        var name = row.Text(KeyCells.Constraint);
        if (_foreignKeys.LastOrDefault() is not { } last || last.Name != name)
        {
            _foreignKeys.Add(last = new ForeignKey(name, records.DatasetUrn(row.Text(KeyCells.ReferencedSchema), row.Text(KeyCells.ReferencedTable)), [], []));
        }
        last.Sources.Add(row.Text(KeyCells.Column));
        last.Targets.Add(row.Text(KeyCells.ReferencedColumn));
    }

    /// <summary>Adds a column, in the order of the table.</summary>
    public void AddColumn(RowSpool row)
    {
        var isView = _table.Kind is TableKind.View or TableKind.SystemView;
        if (Columns++ == 0)
        {
            BeginSchema();
        }
        else
        {
            _json.Raw(","u8);
        }
        // MariaDB makes ROW START and ROW END columns NOT NULL and prints them without; its own system views keep what they say.
        var nullable = row[ColumnCells.Nullable].SequenceEqual("YES"u8) || !row.IsNull(ColumnCells.Generation)
            || (isView && !(_table.Kind == TableKind.SystemView && server.IsMariaDb));
        _json.Raw("{\"fieldPath\":"u8).Text(row[ColumnCells.Name]).Raw(nullable ? ",\"nullable\":true"u8 : ",\"nullable\":false"u8);
        if (!isView && row[ColumnCells.Comment].Length > 0)
        {
            _json.Raw(",\"description\":"u8).Text(row[ColumnCells.Comment]);
        }
        var type = _types.Of(row, isView ? null : _table.Collation);
        if (type.IsUnknown)
        {
            report.Info("Column type without a class in DataHub", "Its native type is kept; the class is Null.", $"{_table.Schema}.{_table.Name} - {row.Text(ColumnCells.Type)}");
        }
        _json.Raw(type.Json).Raw(",\"recursive\":false,\"isPartOfKey\":"u8).Raw(IsPrimaryKey(row[ColumnCells.Name]) ? "true}"u8 : "false}"u8);
    }

    /// <summary>The aspect of the table that was begun last, in the Avro dialect.</summary>
    public ReadOnlyMemory<byte> SchemaMetadata()
    {
        if (Columns == 0)
        {
            BeginSchema();
        }
        _json.Raw("]"u8);
        if (_foreignKeys.Count > 0)
        {
            AddForeignKeys();
        }
        return _json.Raw("}"u8).Take();
    }

    /// <summary>All records of a table.</summary>
    public WorkUnit Table(TableRow table, ReadOnlyMemory<byte> schemaMetadata) =>
        Dataset(table, "Table", _json.Raw("{\"customProperties\":{},"u8), table.Comment, schemaMetadata, viewText: null);

    /// <summary>All records of a view.</summary>
    /// <param name="table">The view.</param>
    /// <param name="schemaMetadata">Its columns.</param>
    /// <param name="text">Its text; null leaves out <c>viewProperties</c>, so that a catalog keeps the one that it may have.</param>
    public WorkUnit View(TableRow table, ReadOnlyMemory<byte> schemaMetadata, string? text)
    {
        _json.Raw("{\"customProperties\":{\"is_view\":\"True\""u8);
        if (text is not null)
        {
            _json.Raw(",\"view_definition\":"u8).Text(text);
        }
        return Dataset(table, "View", _json.Raw("},"u8), description: "", schemaMetadata, text);
    }

    private WorkUnit Dataset(TableRow table, string subType, JsonText properties, string description, ReadOnlyMemory<byte> schemaMetadata, string? viewText)
    {
        properties.Raw("\"name\":"u8).Text(table.Name);
        if (description.Length > 0)
        {
            properties.Raw(",\"description\":"u8).Text(description);
        }
        var datasetProperties = properties.Raw(",\"tags\":[]}"u8).Take();
        var (urn, container) = (records.DatasetUrn(table.Schema, table.Name), records.ContainerUrn(table.Schema));
        List<MetadataRecord> all =
        [
            records.InContainer(urn, container),
            new MetadataChangeEvent("com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot", urn,
            [
                new("com.linkedin.pegasus2avro.common.Status", "{\"removed\":false}"u8.ToArray()),
                new("com.linkedin.pegasus2avro.dataset.DatasetProperties", datasetProperties),
                new("com.linkedin.pegasus2avro.schema.SchemaMetadata", schemaMetadata),
            ]),
        ];
        if (records.HasInstance)
        {
            all.Add(records.PlatformInstance(urn));
        }
        all.Add(records.SubType(urn, subType));
        if (viewText is not null)
        {
            all.Add(records.ViewProperties(urn, viewText));
        }
        records.AddDomain(all, urn, $"{table.Schema}.{table.Name}");
        records.AddBrowsePath(all, urn, container);
        return new WorkUnit(EntityType, all);
    }

    private void BeginSchema() => _json.Raw("{\"schemaName\":"u8).Text($"{_table.Schema}.{_table.Name}").Raw(",\"platform\":"u8).Text(records.PlatformUrn)
        .Raw(","u8).Raw(Stamps).Raw("\"hash\":\"\",\"platformSchema\":{\"com.linkedin.pegasus2avro.schema.MySqlDDL\":{\"tableSchema\":\"\"}},\"fields\":["u8);

    private void AddForeignKeys()
    {
        var urn = records.DatasetUrn(_table.Schema, _table.Name);
        var separator = ",\"foreignKeys\":["u8;
        foreach (var key in _foreignKeys.OrderBy(key => key.Name, server.ForeignKeyOrder))
        {
            _json.Raw(separator).Raw("{\"name\":"u8).Text(key.Name).Raw(",\"foreignFields\":["u8);
            AddFields(key.Dataset, key.Targets);
            _json.Raw("],\"sourceFields\":["u8);
            AddFields(urn, key.Sources);
            _json.Raw("],\"foreignDataset\":"u8).Text(key.Dataset).Raw("}"u8);
            separator = ","u8;
        }
        _json.Raw("]"u8);
    }

    private void AddFields(string datasetUrn, List<string> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            _json.Raw(i == 0 ? ""u8 : ","u8).Text(Urns.SchemaField(datasetUrn, columns[i]));
        }
    }

    private bool IsPrimaryKey(ReadOnlySpan<byte> column)
    {
        foreach (var name in _primaryKey)
        {
            if (column.SequenceEqual(name))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A foreign key: its name, the urn of the other table, and the columns of both sides in constraint order.</summary>
    private sealed record ForeignKey(string Name, string Dataset, List<string> Sources, List<string> Targets);
}
