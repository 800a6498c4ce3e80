namespace Discovery.EndToEnd.Tests;

/// <summary>The pages of the catalog.</summary>
internal static class Addresses
{
    /// <summary>Each page at least once, with what makes it different.</summary>
    public static readonly TheoryData<string> All =
    [
        "/", "/search", "/search?q=orders", "/search?q=orders&platform=urn%3Ali%3AdataPlatform%3Amysql&sort=name", "/search?q=nothinglikethis", "/search?q=%28%28",
        "/browse", $"/browse?platform=urn%3Ali%3AdataPlatform%3Amysql", $"/browse?platform=urn%3Ali%3AdataPlatform%3Amysql&path={Uri.EscapeDataString(SampleShop.Container)}",
        Dataset(SampleShop.Orders), Dataset(SampleShop.Customers), Dataset(SampleShop.Orders, "properties"), Dataset(SampleShop.Orders, "history"), Dataset(SampleShop.Orders, "raw"),
        Dataset(SampleShop.OrderTotals, "lineage&hops=3"), Dataset(SampleShop.OrderTotals, "lineage&column=total&hops=2"), Dataset(SampleShop.OrderTotals, "properties"), Dataset(SampleShop.Customers, "lineage"),
        Dataset(SampleShop.Harm), Dataset(SampleShop.Harm, "properties"), Dataset(SampleShop.Harm, "raw"), Dataset(SampleShop.Harm, "lineage&hops=3"),
        Entity(SampleShop.Container), Entity(SampleShop.Container, "diagram"), Entity(SampleShop.Container, "properties"), Entity("urn:li:tag:pii"), Entity("urn:li:container:none"),
        "/changes", "/run?id=first-run", "/run?id=none",
    ];

    /// <summary>Those that differ from another in their data alone.</summary>
    public static readonly HashSet<string> Alike =
    [
        "/search", "/search?q=nothinglikethis", "/search?q=%28%28", $"/browse?platform=urn%3Ali%3AdataPlatform%3Amysql", Dataset(SampleShop.Customers), Dataset(SampleShop.OrderTotals, "properties"),
        Dataset(SampleShop.OrderTotals, "lineage&column=total&hops=2"), Dataset(SampleShop.Customers, "lineage"), Dataset(SampleShop.Harm, "properties"), Dataset(SampleShop.Harm, "raw"), Dataset(SampleShop.Harm, "lineage&hops=3"),
        Entity("urn:li:container:none"), "/run?id=none",
    ];

    public static string Dataset(string urn, string tab = "schema") => $"/dataset/{Uri.EscapeDataString(urn)}?tab={tab}";

    public static string Entity(string urn, string? tab = null) => $"/entity/{Uri.EscapeDataString(urn)}{(tab is null ? "" : $"?tab={tab}")}";
}
