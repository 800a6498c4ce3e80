using System.Globalization;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// The statements of a crawl. Each reads one kind of row for a whole batch of schemas, ordered by the bytes of the names,
/// so that their rows can be merged as they come.
/// </summary>
/// <remarks>
/// Names are compared on the server without regard to case (its dictionary has a <c>_ci</c> collation), so rows of a schema that differs in
/// case only may come along; the merge skips what it was not asked for. No column is read that makes a server open
/// table statistics.
/// </remarks>
internal static class InformationSchema
{
    /// <summary>Cells: schema name.</summary>
    public const string Schemas = "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA";

    /// <summary>Cells: schema name, view name.</summary>
    public const string Views = "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = 'VIEW'";

    /// <summary>Whether a database is one that the server shows of itself to every account.</summary>
    public static bool IsShownToAll(string schema) => schema is "information_schema" or "performance_schema";

    /// <summary>Cells: collation name. Collations that are the default of their character set.</summary>
    public const string DefaultCollations = "SELECT COLLATION_NAME FROM information_schema.COLLATIONS WHERE IS_DEFAULT = 'Yes'";

    /// <summary>Cells of <see cref="Tables"/>.</summary>
    public static class Table
    {
        public const int Schema = 0, Name = 1, Type = 2, Comment = 3, Collation = 4, Count = 5;
    }

    /// <summary>Cells of <see cref="Keys"/>: a column of a primary or foreign key, in constraint order.</summary>
    public static class Key
    {
        public const int Schema = 0, Table = 1, Constraint = 2, Column = 3, ReferencedSchema = 4, ReferencedTable = 5, ReferencedColumn = 6, Count = 7;
    }

    /// <summary>Cells of <see cref="Columns"/>.</summary>
    public static class Column
    {
        public const int Schema = 0, Table = 1, Name = 2, Nullable = 3, Type = 4, Comment = 5, CharacterSet = 6, Collation = 7, Generation = 8, Count = 9;
    }

    /// <summary>Cells of <see cref="Procedures"/>; the definition is NULL where the account may not read it.</summary>
    public static class Procedure
    {
        public const int Schema = 0, Name = 1, Definition = 2, Count = 3;
    }

    /// <summary>Tables and views.</summary>
    public static string Tables(int schemas) =>
        $"SELECT {Schema(schemas)}, TABLE_NAME, TABLE_TYPE, TABLE_COMMENT, TABLE_COLLATION FROM information_schema.TABLES{Where(schemas)}"
        + " ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY)";

    /// <summary>Columns of primary and foreign keys.</summary>
    public static string Keys(int schemas) =>
        $"SELECT {Schema(schemas)}, TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, {Schema(schemas, "REFERENCED_TABLE_SCHEMA")}, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME"
        + $" FROM information_schema.KEY_COLUMN_USAGE{Where(schemas)} AND (CONSTRAINT_NAME = 'PRIMARY' OR REFERENCED_TABLE_NAME IS NOT NULL)"
        + " ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY), CAST(CONSTRAINT_NAME AS BINARY), ORDINAL_POSITION";

    /// <summary>Columns of tables and views.</summary>
    public static string Columns(int schemas, ServerFeatures server) =>
        $"SELECT {Schema(schemas)}, TABLE_NAME, COLUMN_NAME, IS_NULLABLE, COLUMN_TYPE, COLUMN_COMMENT, CHARACTER_SET_NAME, COLLATION_NAME,"
        + (server.HasSystemVersioning ? " CASE WHEN GENERATION_EXPRESSION IN ('ROW START', 'ROW END') THEN 'ROW' END" : " NULL")
        + $" FROM information_schema.COLUMNS{Where(schemas)}"
        + " ORDER BY CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY), ORDINAL_POSITION";

    /// <summary>Stored procedures; those of a schema in the dictionary's own order, as DataHub's client has them.</summary>
    public static string Procedures(int schemas) =>
        $"SELECT {Schema(schemas, "ROUTINE_SCHEMA")}, ROUTINE_NAME, ROUTINE_DEFINITION FROM information_schema.ROUTINES{Where(schemas, "ROUTINE_SCHEMA")} AND ROUTINE_TYPE = 'PROCEDURE'"
        + " ORDER BY CAST(ROUTINE_SCHEMA AS BINARY), ROUTINE_NAME";

    /// <summary>Name of the parameter for a schema of the batch.</summary>
    public static string Parameter(int index) => string.Create(CultureInfo.InvariantCulture, $"@s{index}");

    // Where case does not tell databases apart, `database: Shop` reads `shop` and keeps the recipe's spelling in urns, as DataHub's client does.
    private static string Schema(int schemas, string column = "TABLE_SCHEMA") =>
        schemas == 1 ? $"IF(@@lower_case_table_names > 0 AND {column} = {Parameter(0)}, {Parameter(0)}, {column})" : column;

    // A single name by equality: MariaDB then opens that schema's folder only.
    private static string Where(int schemas, string column = "TABLE_SCHEMA") => schemas == 1
        ? $" WHERE {column} = {Parameter(0)}"
        : $" WHERE {column} IN ({string.Join(", ", Enumerable.Range(0, schemas).Select(Parameter))})";
}
