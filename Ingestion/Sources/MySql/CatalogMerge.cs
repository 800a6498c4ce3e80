using System.Runtime.CompilerServices;
using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Puts the rows of a batch together, one table at a time, in the order in which DataHub's client emits them.</summary>
internal sealed class CatalogMerge(CatalogBatch batch, TableFilter filter, TableMapper mapper, SourceReport report)
{
    private readonly MergeCursor _tables = new(batch.Tables);
    private readonly MergeCursor _keys = new(batch.Keys);
    private readonly MergeCursor _columns = new(batch.Columns);
    private readonly MergeCursor _viewTexts = new(batch.ViewTexts);

    /// <summary>
    /// The tables of a schema, then its views. Rows come ordered by name, tables and views mixed, so the views of one
    /// schema wait in memory.
    /// </summary>
    public async IAsyncEnumerable<WorkUnit> TablesThenViewsAsync(string schema, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var schemaBytes = Encoding.UTF8.GetBytes(schema);
        var counts = report.Database(schema);
        var views = new List<PendingView>();
        while (await _tables.MoveToAsync(schemaBytes, cancellationToken))
        {
            var row = _tables.Row;
            var (name, kind) = (row.Text(InformationSchema.Table.Name), TableKinds.Of(row.Text(InformationSchema.Table.Type)));
            var (comment, collation) = (row.Text(InformationSchema.Table.Comment), row.Text(InformationSchema.Table.Collation));
            _tables.Next();
            if (kind == TableKind.Other)
            {
                continue;
            }
            report.Read(TableMapper.EntityType);
            if (!filter.Keeps(kind, schema, name, out var isView))
            {
                report.Filtered(TableMapper.EntityType, $"{schema}.{name}");
                counts.Filtered++;
                continue;
            }
            var table = new TableRow(schema, name, kind, comment, collation);
            var nameBytes = Encoding.UTF8.GetBytes(name);
            mapper.Begin(table);
            while (await _keys.MoveToAsync(schemaBytes, nameBytes, cancellationToken))
            {
                mapper.AddKeyColumn(_keys.Row);
                _keys.Next();
            }
            while (await _columns.MoveToAsync(schemaBytes, nameBytes, cancellationToken))
            {
                mapper.AddColumn(_columns.Row);
                _columns.Next();
            }
            if (isView)
            {
                views.Add(new PendingView(table, nameBytes, mapper.Columns, mapper.SchemaMetadata()));
            }
            else if (mapper.Columns == 0)
            {
                report.Failed(TableMapper.EntityType);
                report.Warning(
                    "Table without visible columns",
                    "It was dropped while it was read, or the account has no right on any of its columns: GRANT REFERENCES on the table shows them.",
                    $"{schema}.{name}");
                counts.Failed++;
            }
            else
            {
                (counts.Tables, counts.Columns) = (counts.Tables + 1, counts.Columns + mapper.Columns);
                yield return mapper.Table(table, mapper.SchemaMetadata());
            }
        }
        foreach (var view in views)
        {
            string? text = null;
            if (await _viewTexts.MoveToAsync(schemaBytes, view.NameBytes, cancellationToken))
            {
                text = _viewTexts.Row.IsNull(2) ? null : _viewTexts.Row.Text(2);
                _viewTexts.Next();
            }
            Note(view, text);
            (counts.Views, counts.Columns) = (counts.Views + 1, counts.Columns + view.Columns);
            yield return mapper.View(view.Table, view.SchemaMetadata, text);
        }
    }

    private void Note(PendingView view, string? text)
    {
        var name = $"{view.Table.Schema}.{view.Table.Name}";
        if (view.Table is { Kind: TableKind.View, Comment: not ("VIEW" or "") })
        {
            report.Warning("View is broken", "It names tables, columns or accounts that are gone, so the server cannot tell its columns.", name);
        }
        else if (view.Columns == 0)
        {
            report.Warning("View without visible columns", "It is broken, it was dropped while it was read, or the account has no right on any of its columns.", name);
        }
        else if (text is null && view.Table.Kind == TableKind.View)
        {
            report.Info("View without text", "Its columns are there; to read the text as well: GRANT SHOW VIEW on its database.", name);
        }
    }

    private sealed record PendingView(TableRow Table, byte[] NameBytes, int Columns, ReadOnlyMemory<byte> SchemaMetadata);
}
