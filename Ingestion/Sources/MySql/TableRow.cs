namespace Discovery.Ingestion.Sources.MySql;

/// <summary>One table or view, as <c>information_schema.TABLES</c> has it.</summary>
/// <param name="Schema">Name of the database.</param>
/// <param name="Name">Name of the table or view.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Comment">Comment, empty for none; of a view the word VIEW, or the server's fault text when it is broken.</param>
/// <param name="Collation">Default collation of the table's columns, empty for a view.</param>
internal sealed record TableRow(string Schema, string Name, TableKind Kind, string Comment, string Collation);
