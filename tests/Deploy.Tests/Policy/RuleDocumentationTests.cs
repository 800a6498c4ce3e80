using System.Text;
using Discovery.Deploy.Policy.Rules;
using Discovery.Deploy.Policy.Shapes;

namespace Discovery.Deploy.Tests.Policy;

public sealed class RuleDocumentationTests
{
    private static readonly string Page = Path.Combine(SharedFolder.Root, "docs", "gke-checks.md");

    [Fact]
    public void The_page_has_the_rules_as_the_code_has_them()
    {
        const string Begin = "<!-- rules -->\n";
        const string End = "<!-- end of rules -->";
        var page = File.ReadAllText(Page);
        var made = Path.Combine(SharedFolder.Root, "artifacts", "gke-checks.md");
        var text = string.Concat(page.AsSpan(0, page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length), Table(), page.AsSpan(page.IndexOf(End, StringComparison.Ordinal)));
        File.WriteAllText(made, text);

        Assert.True(page == text, $"docs/gke-checks.md is not what the code says; copy {made} over it");
    }

    [Fact]
    public void The_page_has_the_number_of_kinds() =>
        Assert.Contains($"The fields of {ShapeCatalog.BuiltIn.Kinds.Count()} kinds are known", File.ReadAllText(Page), StringComparison.Ordinal);

    private static string Table()
    {
        var table = new StringBuilder("| rule | | what it catches |\n| --- | --- | --- |\n");
        table.Append("| `yaml` | error | Text that is no YAML, a key that is given twice, a manifest without apiVersion or kind |\n");
        table.Append("| `file` | error | A file that is too large, or no text |\n");
        table.Append("| `secret-value` | error | A private key, a token or a URL with a password, by its form, in any text file |\n");
        foreach (var rule in AllRules.List)
        {
            table.Append($"| `{rule.Name}` | {(rule.IsWarning ? "warning" : rule.WarnsInCharts ? "error; warning in what a chart renders" : "error")} | {rule.Catches} |\n");
        }
        return table.ToString();
    }
}
