using Discovery.Ingestion.State;

namespace Discovery.EndToEnd.Tests;

/// <summary>What two runs see of the tables of a shop, with texts that would do harm.</summary>
internal static class SampleTables
{
    private static readonly ColumnStructure Id = new("id", "int", IsNullable: false, "Number", IsKey: true);

    public static DatasetStructure[] Before { get; } =
    [
        Table("orders", "One row an order", Id, new("total", "decimal(10,2)", true, null, false), new("gone", "int", true, null, false)),
        Table("old_orders", null, Id),
        Table("same", null, Id),
    ];

    public static DatasetStructure[] After { get; } =
    [
        Table("orders", SampleShop.Hostile, Id, new("total", "decimal(12,2)", false, null, false), new(SampleShop.Hostile, SampleShop.Hostile, true, SampleShop.Hostile, false)),
        Table("same", null, Id),
        Table(SampleShop.Hostile, null, Id) with { Kind = SampleShop.Hostile },
    ];

    private static DatasetStructure Table(string name, string? comment, params ColumnStructure[] columns) => new()
    {
        Urn = $"urn:li:dataset:(urn:li:dataPlatform:mysql,shop.{Uri.EscapeDataString(name)},PROD)",
        Database = "shop",
        Name = $"shop.{name}",
        Kind = "Table",
        Comment = comment,
        Columns = columns,
        ForeignKeys = [],
    };
}
