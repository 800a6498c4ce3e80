using System.Globalization;

namespace Discovery.Catalog.Tests.Writes;

/// <summary>A schema as the MySQL source sends it.</summary>
internal static class SampleSchema
{
    private const string Schema =
        """{"schemaName":"shop.orders","platform":"urn:li:dataPlatform:mysql","version":0,"created":{"time":0,"actor":"urn:li:corpuser:unknown"}""" +
        ""","lastModified":{"time":0,"actor":"urn:li:corpuser:unknown"},"hash":"","platformSchema":{"com.linkedin.schema.MySqlDDL":{"tableSchema":""}},"fields":[FIELDS]}""";

    private const string Field =
        """{"fieldPath":"column_N","nullable":true,"description":"what the column N is about, in a sentence","type":{"type":{"com.linkedin.schema.NumberType":{}}}""" +
        ""","nativeDataType":"INTEGER()","recursive":false,"isPartOfKey":false}""";

    public static string Json(int columns) => Schema.Replace(
        "FIELDS",
        string.Join(',', Enumerable.Range(0, columns).Select(i => Field.Replace("N ", i.ToString(CultureInfo.InvariantCulture) + " ", StringComparison.Ordinal)
            .Replace("_N", "_" + i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))),
        StringComparison.Ordinal);
}
