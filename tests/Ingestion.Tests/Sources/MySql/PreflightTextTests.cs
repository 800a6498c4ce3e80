using System.Text.Json.Nodes;
using Discovery.Ingestion.Sources.MySql.Preflight;

namespace Discovery.Ingestion.Tests.Sources.MySql;

public sealed class PreflightTextTests
{
    [Fact]
    public void Thousands_of_databases_take_few_lines_and_the_exceptions_are_named()
    {
        var report = Report(3000, exceptions: 1);

        var text = PreflightText.Render(report);

        Assert.InRange(text.Split('\n').Length, 5, 40);
        Assert.Contains("all           2,999 databases: shop_0001, shop_0002, shop_0003, ...", text, StringComparison.Ordinal);
        Assert.Contains("nothing       shop_0000", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lists_of_statements_are_cut_in_the_text_and_whole_in_the_JSON()
    {
        var report = Report(3000, exceptions: 2000);

        var text = PreflightText.Render(report);

        Assert.InRange(text.Split('\n').Length, 5, 40);
        Assert.Contains("... 2,000 in all; --json prints each", text, StringComparison.Ordinal);
        Assert.Contains("GRANT SHOW VIEW ON *.* TO `u`@`h`;", text, StringComparison.Ordinal);
        Assert.Equal(2000, JsonNode.Parse(PreflightJson.Render(report))!["missing"]![0]!["statements"]!.AsArray().Count);
    }

    [Fact]
    public void Names_cannot_steer_the_terminal()
    {
        var report = Report(1, exceptions: 0) with { Account = "`\e[2J`@`h`", Server = "8.0\r" };

        Assert.DoesNotContain(PreflightText.Render(report), character => char.IsControl(character) && character != '\n');
    }

    private static PreflightReport Report(int databases, int exceptions)
    {
        var all = Enumerable.Range(0, databases).Select(i => new PreflightDatabase($"shop_{i:0000}", PreflightPresence.Visible, new Dictionary<PreflightFeature, PreflightSight>
        {
            [PreflightFeature.Structure] = PreflightSight.All,
            [PreflightFeature.ViewTexts] = i < exceptions ? PreflightSight.Nothing : PreflightSight.All,
        })).ToList();
        var lacking = all.Take(exceptions).Select(database => database.Name).ToList();
        return new PreflightReport
        {
            Address = "db:3306",
            Server = "8.4.3",
            Account = "`u`@`h`",
            InactiveRoles = [],
            Features = [PreflightFeature.Structure, PreflightFeature.ViewTexts],
            Databases = all,
            LeftOut = 4,
            Missing = exceptions == 0 ? [] : [new PreflightGrant(PreflightFeature.ViewTexts, lacking, [.. lacking.Select(name => $"GRANT SHOW VIEW ON `{name}`.* TO `u`@`h`;")], [], "GRANT SHOW VIEW ON *.* TO `u`@`h`;", null)],
        };
    }
}
