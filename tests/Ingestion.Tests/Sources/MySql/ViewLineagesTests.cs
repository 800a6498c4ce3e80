using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Ingestion.Tests.Sources.MySql;

public sealed class ViewLineagesTests
{
    [Theory]
    [InlineData(300, false)]
    [InlineData(301, true)]
    public async Task Lineage_is_not_cut_without_a_word(int tables, bool told)
    {
        var report = new SourceReport();
        var config = new MySqlSourceConfig();
        using var lineages = new ViewLineages(new LineageRecords(new EntityRecords("mysql", config, new RecipeFlags()), config, TimeProvider.System), new UrnSet(), report);
        var from = string.Join(" join ", Enumerable.Range(0, tables).Select(i => $"`t{i}`"));
        lineages.Add(new TableRow("s", "v", TableKind.View, "VIEW", ""), $"CREATE VIEW `v` AS select `t0`.`a` AS `a` from ({from})", "a");

        var units = new List<WorkUnit>();
        await foreach (var unit in lineages.ReadAsync(TestContext.Current.CancellationToken))
        {
            units.Add(unit);
        }

        Assert.Equal(["lineage", "query"], units.Select(unit => unit.EntityType));
        Assert.Equal(told, report.Warnings.Any(warning => warning.Title == "Lineage is cut"));
    }
}
