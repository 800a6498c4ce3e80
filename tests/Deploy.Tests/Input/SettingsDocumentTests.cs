using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Tests.Input;

public sealed class SettingsDocumentTests
{
    private const string Head = """
        # Settings of deploy.yml

        `deploy.yml` has `base`, settings of all environments, and `environments`, a mapping of names to what each has beyond `base`: mappings are merged, lists and single values replace, and null
        removes what `base` gives. Names have 1 to 12 lower-case letters and digits. The table is that of one environment after the merge; what is required there may stand in either. Variables are not
        expanded in this file, and a text with `${` is refused. Editors check it against [`deploy.schema.json`](../deploy.schema.json); a commented example is
        [`deploy.sample.yml`](../deploy.sample.yml). Made from the code; a test compares.


        """;

    [Fact]
    public void The_page_of_settings_is_what_the_config_records_say() => Compare("docs/deploy-settings.md", Head + SettingsReference.Markdown(typeof(EnvironmentConfig)));

    [Fact]
    public void The_schema_is_what_the_config_records_say() => Compare("deploy.schema.json", DeploySchema.Write());

    [Fact]
    public void In_the_schema_an_environment_is_partial_and_an_item_of_a_list_is_complete()
    {
        var definitions = JsonNode.Parse(DeploySchema.Write())!["$defs"]!.AsObject();

        Assert.All(definitions.Where(definition => definition.Key.EndsWith("Overrides", StringComparison.Ordinal)), definition => Assert.Null(definition.Value!["required"]));
        Assert.Equal("name", (string?)Assert.Single(definitions["WorkerConfig"]!["required"]!.AsArray()));
        Assert.Equal("""["control-plane","cron-job","airflow",null]""", definitions["DiscoveryConfigOverrides"]!["properties"]!["scheduling"]!["enum"]!.ToJsonString());
    }

    private static void Compare(string file, string expected)
    {
        var page = Path.Combine(SharedFolder.Root, file);
        var made = Path.Combine(SharedFolder.Root, "artifacts", Path.GetFileName(file));
        File.WriteAllText(made, expected);

        Assert.True(File.Exists(page) && File.ReadAllText(page) == expected, $"{file} is not what the code says; copy {made} over it");
    }
}
