namespace Discovery.Ingestion.Sources.MySql.ViewText;
internal sealed record ViewLineage(IReadOnlyList<TableName> Tables, IReadOnlyList<ColumnLineage> Columns, string? NotUnderstood);
internal readonly record struct TableName(string Schema, string Table);
internal sealed record ColumnLineage(string Column, bool IsCopy, string Expression, IReadOnlyList<(TableName Table, string Column)> Sources);
internal static class ViewTextReader { public static ViewLineage Read(string a, string b, IReadOnlyList<string> c) => new([],[],null); }
