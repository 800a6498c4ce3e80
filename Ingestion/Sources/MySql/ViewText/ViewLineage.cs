namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>What a view reads, as far as its text tells.</summary>
/// <param name="Tables">
/// Tables and views that the text names, each once, ordered by the bytes of schema and name. Empty when the text could not be followed.
/// </param>
/// <param name="Columns">Columns of the view that come from at least one column of a table, in the view's order.</param>
/// <param name="NotUnderstood">
/// Null, or why something is missing, with the place: <c>at 'TABLESAMPLE', character 210</c>. Holds no literal of the text. If <see cref="Tables"/> has
/// elements they are complete, and only the columns are missing.
/// </param>
internal sealed record ViewLineage(IReadOnlyList<TableName> Tables, IReadOnlyList<ColumnLineage> Columns, string? NotUnderstood);

/// <summary>A table or view with its database, in the letters of the text.</summary>
/// <param name="Schema">The database.</param>
/// <param name="Table">The bare name.</param>
internal readonly record struct TableName(string Schema, string Table);

/// <summary>A column of a table or view.</summary>
/// <param name="Table">The table or view.</param>
/// <param name="Column">Name of the column, in the letters of the text.</param>
internal readonly record struct SourceColumn(TableName Table, string Column);

/// <summary>Where a column of a view comes from.</summary>
/// <param name="Column">Column of the view.</param>
/// <param name="IsCopy">Whether it is a column of a table as it stands, also when it passed through derived tables or common table expressions.</param>
/// <param name="Expression">Text of the select item that makes the value, without its alias.</param>
/// <param name="Sources">What it is made of: at least one, each once, ordered by the bytes of schema, table and column.</param>
internal sealed record ColumnLineage(string Column, bool IsCopy, string Expression, IReadOnlyList<SourceColumn> Sources);
