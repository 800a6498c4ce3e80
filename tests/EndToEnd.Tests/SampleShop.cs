using System.Text.Json;
using Discovery.Metadata;

namespace Discovery.EndToEnd.Tests;

/// <summary>Metadata of a small shop, as an ingestion writes it, with texts in several scripts and texts that would do harm.</summary>
internal static class SampleShop
{
    /// <summary>What would run in a page that does not encode it; it shows in the title of the page, and asks the server for a picture.</summary>
    public const string Hostile = "<img src=/harm onerror=\"document.title='harm';alert(1)\"><script>document.title='harm'</script>\"'>";

    public static string Container { get; } = Urns.DatabaseContainer("mysql", null, "PROD", "shop");

    public static string Customers { get; } = Table("customers");

    public static string Orders { get; } = Table("orders");

    public static string OrderTotals { get; } = Table("order_totals");

    public static string Report { get; } = Table("daily_report");

    public static string Harm { get; } = Urns.Dataset("mysql", null, "shop.<img src=/harm onerror=alert(1)>", "PROD");

    public static IEnumerable<(string Urn, string Aspect, string Json)> First() =>
    [
        (Container, "containerProperties", """{"name":"shop","description":"All that is **sold**, see [wiki](https://wiki.example/shop)","customProperties":{"database":"shop"}}"""),
        (Container, "dataPlatformInstance", """{"platform":"urn:li:dataPlatform:mysql"}"""),
        (Container, "subTypes", """{"typeNames":["Database"]}"""),
        (Container, "browsePathsV2", """{"path":[]}"""),
        ("urn:li:tag:pii", "tagProperties", """{"name":"Personal","description":"Of people"}"""),
        .. Dataset(Customers, "customers", "Those who buy; 고객 목록", "Table", Column("id", "INT", key: true), Column("email", "VARCHAR(200)", "Where bills go", tag: "urn:li:tag:pii"), Column("이름", "VARCHAR(80)", "고객의 이름"), Column("שם", "VARCHAR(80)", "שם הלקוח")),
        .. Dataset(Orders, "orders", "One row an order", "Table", Column("id", "BIGINT", key: true), Column("customer_id", "INT", "Who ordered"), Column("total", "DECIMAL(10,2)")),
        .. Dataset(OrderTotals, "order_totals", "Sums by customer", "View", Column("customer_id", "INT"), Column("total", "DECIMAL(32,2)")),
        .. Dataset(Report, "daily_report", "What the office reads", "View", Column("total", "DECIMAL(32,2)")),
        .. Dataset(Harm, Hostile, Hostile, Hostile, Column(Hostile, Hostile, Hostile, tag: "urn:li:tag:pii")),
        (Harm, "globalTags", JsonSerializer.Serialize(new { tags = new[] { new { tag = $"urn:li:tag:{Hostile}" } } })),
        (Harm, "viewProperties", JsonSerializer.Serialize(new { materialized = false, viewLogic = $"SELECT '</code></pre>{Hostile}'", viewLanguage = Hostile })),
        (OrderTotals, "viewProperties", """{"materialized":false,"viewLogic":"SELECT customer_id, SUM(total) AS total\nFROM orders\nGROUP BY customer_id","viewLanguage":"SQL"}"""),
        (Orders, "ownership", """{"owners":[{"owner":"urn:li:corpuser:ann","type":"TECHNICAL_OWNER"}],"lastModified":{"time":0,"actor":"urn:li:corpuser:unknown"}}"""),
        (OrderTotals, "upstreamLineage", Lineage(Orders, OrderTotals, "total")),
        (Report, "upstreamLineage", Lineage(OrderTotals, Report, "total")),
        (Harm, "upstreamLineage", Lineage(Report, Harm, Hostile)),
    ];

    public static IEnumerable<(string Urn, string Aspect, string Json)> Second() =>
    [
        (Orders, "datasetProperties", """{"name":"orders","description":"One row an order, cancelled ones too","customProperties":{"engine":"InnoDB"},"tags":[]}"""),
    ];

    private static string Table(string name) => Urns.Dataset("mysql", null, $"shop.{name}", "PROD");

    private static IEnumerable<(string Urn, string Aspect, string Json)> Dataset(string urn, string name, string description, string kind, params object[] columns)
    {
        yield return (urn, "datasetProperties", JsonSerializer.Serialize(new { name, description, customProperties = new Dictionary<string, string> { ["engine"] = name.Length > 30 ? name : "InnoDB" }, tags = Array.Empty<string>() }));
        yield return (urn, "subTypes", JsonSerializer.Serialize(new { typeNames = new[] { kind } }));
        yield return (urn, "container", JsonSerializer.Serialize(new { container = Container }));
        yield return (urn, "browsePathsV2", JsonSerializer.Serialize(new { path = new[] { new { id = Container, urn = Container } } }));
        yield return (urn, "dataPlatformInstance", """{"platform":"urn:li:dataPlatform:mysql"}""");
        yield return (urn, "schemaMetadata", JsonSerializer.Serialize(new
        {
            schemaName = name,
            platform = "urn:li:dataPlatform:mysql",
            version = 0,
            hash = "",
            platformSchema = new Dictionary<string, object> { ["com.linkedin.schema.MySqlDDL"] = new { tableSchema = "" } },
            fields = columns,
            foreignKeys = name == "orders"
                ? new[] { new { name = "fk_customer", foreignDataset = Customers, foreignFields = new[] { Urns.SchemaField(Customers, "id") }, sourceFields = new[] { Urns.SchemaField(Orders, "customer_id") } } }
                : [],
        }));
    }

    private static object Column(string path, string type, string? comment = null, bool key = false, string? tag = null) => new
    {
        fieldPath = path,
        nativeDataType = type,
        type = new { type = new Dictionary<string, object> { ["com.linkedin.schema.StringType"] = new { } } },
        nullable = !key,
        isPartOfKey = key,
        recursive = false,
        description = comment ?? "",
        globalTags = new { tags = tag is null ? [] : new[] { new { tag } } },
    };

    private static string Lineage(string upstream, string downstream, string column) => JsonSerializer.Serialize(new
    {
        upstreams = new[] { new { dataset = upstream, type = "VIEW", auditStamp = new { time = 0, actor = "urn:li:corpuser:unknown" } } },
        fineGrainedLineages = new[]
        {
            new
            {
                upstreamType = "FIELD_SET", upstreams = new[] { Urns.SchemaField(upstream, "total") },
                downstreamType = "FIELD", downstreams = new[] { Urns.SchemaField(downstream, column) }, confidenceScore = 1.0,
            },
        },
    });
}
