using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class SettingsDocumentTests
{
    [Fact]
    public void The_page_of_settings_is_what_the_config_records_say()
    {
        var text = new StringBuilder("# Settings\n\nEvery setting of every source and sink, as the program itself declares it. Made from the code; a test compares.\n");
        foreach (var (kind, name, config) in Connectors.Sources.Select(source => ("Source", source.Name, source.ConfigType)).Concat(Connectors.Sinks.Select(sink => ("Sink", sink.Name, sink.ConfigType))))
        {
            text.Append('\n').Append("## ").Append(kind).Append(" `").Append(name).Append("`\n\n");
            text.Append(name == "mariadb" ? "As `mysql`; the platform in urns is `mariadb`.\n" : SettingsReference.Markdown(config).Trim() + "\n");
        }
        var page = Path.Combine(SharedFolder.Root, "docs", "settings.md");
        var made = Path.Combine(SharedFolder.Root, "artifacts", "settings.md");
        File.WriteAllText(made, text.ToString());

        Assert.True(File.Exists(page) && File.ReadAllText(page) == text.ToString(), $"docs/settings.md is not what the code says; copy {made} over it");
    }
}
