using System.Runtime.CompilerServices;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sources.MySql.ViewText;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// Views with their texts, kept until the last table was given out: how sure their lineage is depends on whether the
/// tables that they read were. Texts that do not fit into memory wait in a temporary file.
/// </summary>
internal sealed class ViewLineages(LineageRecords records, UrnSet known, SourceReport report) : IDisposable
{
    private const int Schema = 0, View = 1, Text = 2, Columns = 3;

    private readonly RowSpool _views = new(cells: 4);

    /// <summary>A view was given out; its lineage comes at the end.</summary>
    /// <param name="view">The view.</param>
    /// <param name="text">Its text.</param>
    /// <param name="columns">Its columns, in order, as <see cref="Join"/> puts them together.</param>
    public void Add(TableRow view, string text, string columns)
    {
        _views.Write(view.Schema);
        _views.Write(view.Name);
        _views.Write(text);
        _views.Write(columns);
        _views.EndRow();
    }

    /// <summary>Names in one cell; no name holds a NUL.</summary>
    public static string Join(IEnumerable<string> columns) => string.Join('\0', columns);

    /// <summary>The lineage of all views, and the queries that make them, in the order in which the views were added.</summary>
    public async IAsyncEnumerable<WorkUnit> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _views.Complete();
        while (await _views.ReadAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (schema, view, text) = (_views.Text(Schema), _views.Text(View), _views.Text(Text));
            var columns = _views.Text(Columns).Split('\0');
            var lineage = ViewTextReader.Read(text, schema, columns);
            if (lineage.NotUnderstood is { } reason)
            {
                report.Warning("View text not followed", "Its lineage is left out, or names tables and no columns.", $"{schema}.{view}: {reason}");
            }
            if (lineage.Tables.Count > LineageRecords.MostTables || lineage.Columns.Count > LineageRecords.MostColumns)
            {
                report.Warning(
                    "Lineage is cut", $"A view has the lineage of {LineageRecords.MostTables} tables and {LineageRecords.MostColumns} columns at most, as with DataHub's client.",
                    $"{schema}.{view}: {lineage.Tables.Count} tables, {lineage.Columns.Count} columns");
            }
            if (lineage.Tables.Count == 0)
            {
                // A view of constants has none.
                if (lineage.NotUnderstood is not null)
                {
                    report.Read(WorkUnit.Lineage);
                    report.Failed(WorkUnit.Lineage);
                }
                continue;
            }
            var units = records.Of(schema, view, text, lineage, columns, known.Contains);
            report.Read(WorkUnit.Lineage);
            yield return units.Lineage;
            report.Read(LineageRecords.QueryType);
            yield return units.Query;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _views.Dispose();
}
