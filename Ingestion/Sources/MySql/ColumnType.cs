namespace Discovery.Ingestion.Sources.MySql;

/// <summary>What DataHub calls the type of a MySQL column.</summary>
/// <param name="NativeDataType">As DataHub's client prints it: <c>INTEGER(11) UNSIGNED</c>, <c>DECIMAL(10, 2)</c>, <c>null</c>.</param>
/// <param name="TypeClass">Member of DataHub's union of types without <c>Type</c>: <c>Number</c>, <c>String</c>, <c>Null</c>, ...</param>
/// <param name="HasCharacterSet">Whether a character set and collation can follow.</param>
internal sealed record ColumnType(string NativeDataType, string TypeClass, bool HasCharacterSet)
{
    private const string NullType = "null";

    /// <summary>Reads <c>information_schema.COLUMNS.COLUMN_TYPE</c>.</summary>
    public static ColumnType Parse(string columnType)
    {
        // int(10) unsigned zerofill, enum('a','b(c)'), longtext /*M!100301 COMPRESSED*/, double, vector(3)
        var comment = columnType.EndsWith("*/", StringComparison.Ordinal) ? columnType.LastIndexOf("/*M!", StringComparison.Ordinal) : -1;
        var text = comment < 0 ? columnType : columnType[..comment].TrimEnd();
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.LastIndexOf(')');
        var hasArguments = open > 0 && close > open;
        var word = (hasArguments ? text[..open] : text.Split(' ')[0]).ToLowerInvariant();
        var arguments = hasArguments ? text[(open + 1)..close] : null;
        var flags = (hasArguments ? text[(close + 1)..] : text[word.Length..]).ToUpperInvariant();
        return word switch
        {
            "int" or "integer" => new(With("INTEGER", arguments) + flags, "Number", false),
            "tinyint" or "smallint" or "mediumint" or "bigint" => new(With(Upper(word), arguments) + flags, "Number", false),
            "decimal" or "numeric" or "float" or "double" => new(With(Upper(word), arguments?.Replace(",", ", ", StringComparison.Ordinal)) + flags, "Number", false),
            "bit" => new(With("BIT", arguments), "Bytes", false),
            "char" or "varchar" => new(With(Upper(word), arguments), "String", true),
            "tinytext" or "text" or "mediumtext" or "longtext" => new(Upper(word), "String", true),
            "binary" => new(arguments == "0" ? "BINARY" : With("BINARY", arguments), "Bytes", false),
            "varbinary" => new(With("VARBINARY", arguments), "Bytes", false),
            "tinyblob" or "blob" or "mediumblob" or "longblob" => new(Upper(word), "Bytes", false),
            "enum" => new(With("ENUM", arguments), "Enum", true),
            "set" => new(With("SET", arguments), "String", true),
            "date" => new("DATE", "Date", false),
            "time" or "datetime" or "timestamp" => new(With(Upper(word), arguments), "Time", false),
            "year" => new(With("YEAR", arguments), "Null", false),
            "json" => new("JSON", "Record", false),
            "uuid" => new("UUID", "String", false),
            "geometry" or "point" or "linestring" or "polygon" => new("BLOB", "Null", false),
            _ => new(hasArguments ? columnType : NullType, "Null", false),
        };
    }

    private static string With(string word, string? arguments) => arguments is null ? word : $"{word}({arguments})";

    private static string Upper(string word) => word.ToUpperInvariant();
}
