using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Puts the rows of a batch together, one table at a time, in the order in which DataHub's client emits them.</summary>
internal sealed class CatalogMerge(
    CatalogBatch batch, TableFilter filter, TableMapper mapper, ProcedureRecords procedures, ViewLineages? lineages, SourceReport report)
{
    private readonly MergeCursor _tables = new(batch.Tables);
    private readonly MergeCursor _keys = new(batch.Keys);
    private readonly MergeCursor _columns = new(batch.Columns);
    private readonly MergeCursor _procedures = new(batch.Procedures);
    private readonly MergeCursor _viewTexts = new(batch.ViewTexts);

    /// <summary>
    /// The tables of a schema, then its views. Rows come ordered by name, tables and views mixed, so the views of one
    /// schema wait in a spool.
    /// </summary>
    public async IAsyncEnumerable<WorkUnit> TablesThenViewsAsync(string schema, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var schemaBytes = Encoding.UTF8.GetBytes(schema);
        var counts = report.Database(schema);
        var columnNames = new List<string>();
        using var views = new RowSpool(WaitingView.Count);
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
            columnNames.Clear();
            while (await _keys.MoveToAsync(schemaBytes, nameBytes, cancellationToken))
            {
                mapper.AddKeyColumn(_keys.Row);
                _keys.Next();
            }
            while (await _columns.MoveToAsync(schemaBytes, nameBytes, cancellationToken))
            {
                mapper.AddColumn(_columns.Row);
                if (isView && lineages is not null)
                {
                    columnNames.Add(_columns.Row.Text(InformationSchema.Column.Name));
                }
                _columns.Next();
            }
            if (isView)
            {
                views.Write(nameBytes);
                views.Write(kind.ToString());
                views.Write(comment);
                views.Write(mapper.Columns.ToString(CultureInfo.InvariantCulture));
                views.Write(mapper.SchemaMetadata().Span);
                views.Write(ViewLineages.Join(columnNames));
                views.EndRow();
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
        views.Complete();
        while (await views.ReadAsync(cancellationToken))
        {
            var view = new TableRow(schema, views.Text(WaitingView.Name), Enum.Parse<TableKind>(views.Text(WaitingView.Kind)), views.Text(WaitingView.Comment), Collation: "");
            var columns = int.Parse(views[WaitingView.Columns], CultureInfo.InvariantCulture);
            string? text = null;
            if (await _viewTexts.MoveToAsync(schemaBytes, views[WaitingView.Name].ToArray(), cancellationToken))
            {
                text = _viewTexts.Row.IsNull(2) ? null : _viewTexts.Row.Text(2);
                _viewTexts.Next();
            }
            Note(view, columns, text);
            (counts.Views, counts.Columns) = (counts.Views + 1, counts.Columns + columns);
            yield return mapper.View(view, views[WaitingView.SchemaMetadata].ToArray(), text);
            if (text is not null && columns > 0 && view.Kind == TableKind.View)
            {
                lineages?.Add(view, text, views.Text(WaitingView.ColumnNames));
            }
        }
    }

    /// <summary>The stored procedures of a schema, after what holds them.</summary>
    public async IAsyncEnumerable<WorkUnit> ProceduresAsync(string schema, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var schemaBytes = Encoding.UTF8.GetBytes(schema);
        var counts = report.Database(schema);
        while (await _procedures.MoveToAsync(schemaBytes, cancellationToken))
        {
            var row = _procedures.Row;
            var name = row.Text(InformationSchema.Procedure.Name);
            var definition = row.IsNull(InformationSchema.Procedure.Definition) ? null : row.Text(InformationSchema.Procedure.Definition);
            _procedures.Next();
            report.Read(ProcedureRecords.JobType);
            if (!filter.KeepsProcedure(schema, name))
            {
                report.Filtered(ProcedureRecords.JobType, $"{schema}.{name}");
                continue;
            }
            if (counts.Procedures++ == 0)
            {
                report.Read(ProcedureRecords.FlowType);
                yield return procedures.Flow(schema);
            }
            yield return procedures.Job(schema, name, definition);
        }
    }

    private void Note(TableRow view, int columns, string? text)
    {
        var name = $"{view.Schema}.{view.Name}";
        if (view is { Kind: TableKind.View, Comment: not ("VIEW" or "") })
        {
            report.Warning("View is broken", "It names tables, columns or accounts that are gone, so the server cannot tell its columns.", name);
        }
        else if (columns == 0)
        {
            report.Warning("View without visible columns", "It is broken, it was dropped while it was read, the account has no right on any of its columns, or it takes values of a sequence, which is not shown to a session that may only read.", name);
        }
        else if (text is null && view.Kind == TableKind.View)
        {
            report.Info("View without text", "Its columns are there; to read the text as well: GRANT SHOW VIEW on its database. Where the account has that right, the server could not print it.", name);
        }
    }

    /// <summary>Cells of a view that waits for the tables of its schema.</summary>
    private static class WaitingView
    {
        public const int Name = 0, Kind = 1, Comment = 2, Columns = 3, SchemaMetadata = 4, ColumnNames = 5, Count = 6;
    }
}
