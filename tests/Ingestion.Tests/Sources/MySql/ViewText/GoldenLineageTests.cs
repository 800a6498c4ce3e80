using Discovery.Ingestion.Sources.MySql.ViewText;
using Discovery.Metadata;

namespace Discovery.Ingestion.Tests.Sources.MySql.ViewText;

/// <summary>Tables, columns, order of sources and COPY or SQL are those of DataHub's client, but for a list of differences that are meant.</summary>
public sealed class GoldenLineageTests
{
    private const string Corpus = "oracle/mysql/public";
    private const string NotParsed = "the client does not parse the text and has no lineage, or none of the columns";
    private const string RenamedColumns = "the client names the columns of the select, which are no fields of the view";
    private const string UpperCase = "the client loses columns of tables that have upper-case letters and no alias";
    private const string OtherTable = "the client takes another table: lower case, or the text before a dot or '#'";
    private const string SubQuery = "the client counts a condition inside EXISTS";

    /// <summary>Views whose lineage differs, by golden file, and why.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Meant = new(StringComparer.Ordinal)
    {
        ["edge_cases/mariadb-10.11/default"] = new(StringComparer.Ordinal) { ["edge_cases.v_merge"] = NotParsed },
        ["edge_cases/mysql-9.7/default"] = new(StringComparer.Ordinal) { ["edge_cases.v_merge"] = NotParsed, ["edge_cases.v_renamed"] = RenamedColumns },
        ["edge_lineage"] = new(StringComparer.Ordinal)
        {
            ["edge_lineage.V_Upper"] = UpperCase,
            ["edge_lineage.v_alias_same_name"] = UpperCase,
            ["edge_lineage.v_lower"] = UpperCase,
            ["edge_lineage.v_on_upper"] = UpperCase,
        },
        ["edge_names"] = new(StringComparer.Ordinal)
        {
            ["Edge_Upper.v"] = OtherTable,
            ["edge#hash.v"] = OtherTable,
            ["edge.dot.v"] = OtherTable,
        },
        ["edge_parser"] = new(StringComparer.Ordinal) { ["edge_parser.v_uncommented"] = "a back-tick in a field is doubled in the recorded columns" },
        ["datahub_mariadb/mariadb-10.11/whole_server_full"] = new(StringComparer.Ordinal)
        {
            ["sys.schema_auto_increment_columns"] = OtherTable,
            ["sys.x$schema_flattened_keys"] = OtherTable,
        },
        ["datahub_mariadb/mysql-9.7/whole_server_full"] = new(StringComparer.Ordinal)
        {
            ["information_schema.ADMINISTRABLE_ROLE_AUTHORIZATIONS"] = UpperCase,
            ["information_schema.APPLICABLE_ROLES"] = NotParsed,
            ["information_schema.COLLATIONS"] = SubQuery,
            ["information_schema.ENABLED_ROLES"] = NotParsed,
            ["information_schema.JSON_DUALITY_VIEWS"] = NotParsed,
            ["information_schema.JSON_DUALITY_VIEW_COLUMNS"] = NotParsed,
            ["information_schema.JSON_DUALITY_VIEW_LINKS"] = NotParsed,
            ["information_schema.JSON_DUALITY_VIEW_TABLES"] = NotParsed,
            ["information_schema.KEY_COLUMN_USAGE"] = NotParsed,
            ["information_schema.ROLE_COLUMN_GRANTS"] = NotParsed,
            ["information_schema.ROLE_ROUTINE_GRANTS"] = NotParsed,
            ["information_schema.ROLE_TABLE_GRANTS"] = NotParsed,
            ["information_schema.ROUTINE_LIBRARIES"] = NotParsed,
            ["information_schema.TABLE_CONSTRAINTS"] = "the client loses columns of LATERAL",
            ["sys.schema_auto_increment_columns"] = RenamedColumns,
            ["sys.waits_global_by_latency"] = RenamedColumns,
            ["sys.x$schema_flattened_keys"] = RenamedColumns,
            ["sys.x$waits_global_by_latency"] = RenamedColumns,
        },
    };

    public static TheoryData<string> Variants =>
    [
        .. from schema in new[] { "datahub_mysql", "edge_cases", "edge_lineage", "edge_names", "edge_parser", "employees", "sakila" }
           from server in new[] { "mariadb-10.11", "mysql-9.7" }
           select $"{schema}/{server}/default",
        "datahub_mariadb/mariadb-10.11/whole_server_full",
        "datahub_mariadb/mysql-9.7/whole_server_full",
    ];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Lineage_is_that_of_DataHubs_client(string variant)
    {
        var folder = SharedFolder.Require($"{Corpus}/{variant}");
        var views = GoldenView.ReadAll(Directory.GetFiles(folder, "golden.json*").Single()).ToList();

        var different = views.Where(view => !view.Lineage.SequenceEqual(Read(view))).Select(view => $"{view.Schema}.{view.Name}");

        Assert.NotEmpty(views);
        var meant = Meant.GetValueOrDefault(variant) ?? Meant.GetValueOrDefault(variant.Split('/')[0]) ?? [];
        Assert.Equal(meant.Keys.Order(StringComparer.Ordinal), different.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_recorded_view_is_understood(string variant)
    {
        var folder = SharedFolder.Require($"{Corpus}/{variant}");

        var faults = GoldenView.ReadAll(Directory.GetFiles(folder, "golden.json*").Single())
            .Select(view => (view.Name, ViewTextReader.Read(view.Text, view.Schema, view.Columns).NotUnderstood))
            .Where(view => view.NotUnderstood is not null);

        Assert.Empty(faults);
    }

    private static IEnumerable<string> Read(GoldenView view)
    {
        var lineage = ViewTextReader.Read(view.Text, view.Schema, view.Columns);
        var columns = lineage.Columns.Select(column =>
            $"{Field(view.Schema, view.Name, column.Column)} {(column.IsCopy ? "COPY" : "SQL")} {string.Join(' ', column.Sources.Select(source => Field(source.Table.Schema, source.Table.Table, source.Column)))}");
        return [.. lineage.Tables.Select(table => Dataset(table.Schema, table.Table)), .. columns];
    }

    private static string Dataset(string schema, string table) => Urns.Dataset("mysql", null, $"{schema}.{table}", "PROD");

    private static string Field(string schema, string table, string column) => Urns.SchemaField(Dataset(schema, table), column);
}
