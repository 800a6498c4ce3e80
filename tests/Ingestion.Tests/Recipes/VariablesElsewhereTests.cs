using System.Text;
using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class VariablesElsewhereTests
{
    private const string Sink = "sink: {type: datahub-rest, config: {server: 'http://localhost:8080', token: '${TOKEN}'}}\n";

    [Theory]
    [InlineData("source: {type: mysql, config: {host_port: '${HOST}:3306', username: $USER, password: '${PASSWORD}'}}\n")]
    [InlineData("source: {type: mysql, config: {host_port: 'db:${PORT:-3306}', password: '${A:?is needed}', database: '${!B}'}}\n")]
    [InlineData("source: {type: '${TYPE}', config: {anything: goes}}\n")]
    [InlineData("source: {type: mysql, config: {host_port: 'db:3306', include_views: '${VIEWS}', table_pattern: {allow: ['${ALLOW}']}}}\n")]
    [InlineData("source: {type: mysql, config: {host_port: 'db:3306', options: {connect_args: {__DATAHUB_TO_FILE_ssl_ca: '${CA}'}}}}\n")]
    [InlineData("pipeline_name: '${NAME}'\nsource: {type: mysql, config: {host_port: 'db:3306', stateful_ingestion: {enabled: true, state_provider: {type: '${P}'}}}}\n")]
    [InlineData("source: {type: mysql, config: {host_port: 'db:3306'}}\ntransformers: []\nreporting: [{type: '${R}'}, {type: file, config: {filename: '${F}'}}]\n")]
    public void A_recipe_that_is_good_with_its_variables_is_good_without_them(string source)
    {
        using var loaded = Load(source + Sink);
        Assert.Empty(loaded.Errors);
        Assert.NotNull(loaded.Recipe);
    }

    [Fact]
    public void A_sink_may_be_named_by_a_variable()
    {
        using var loaded = Load("source: {type: mysql, config: {host_port: 'db:3306'}}\nsink: {type: '${SINK}'}\n");
        Assert.Empty(loaded.Errors);
    }

    [Theory]
    [InlineData("source: {type: mysql, config: {host_prot: 'db:3306', password: '${PASSWORD}'}}\n", "recipe.yml:1:32: error: 'host_prot'")]
    [InlineData("source: {type: mysql, config: {host_port: 'db:3306', password: '${PASSWORD'}}\n", "is not closed")]
    [InlineData("source: {type: mysql, config: {host_port: 'db:3306', password: '${PASSWORD:}'}}\n", "recipe.yml:1:64: error: '${PASSWORD:' needs")]
    [InlineData("source: {type: mysql, config: {host_port: 'db:3306', include_views: perhaps, password: '${PASSWORD}'}}\n", "'source.config.include_views' must be true or false")]
    [InlineData("source: {type: mysql, config: '${CONFIG}'}\n", "'source.config' must be a mapping of keys and values; this is text")]
    [InlineData("source: {type: mysql, config: {host_port: 'db:3306', __DATAHUB_TO_FILE_password: 3}}\n", "takes the content of a file as text")]
    public void Faults_beside_the_variables_are_found(string source, string told)
    {
        using var loaded = Load(source + Sink);
        Assert.Contains(told, Assert.Single(loaded.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_variable_is_asked_for_and_no_file_is_written()
    {
        var before = Directory.GetFiles(Path.GetTempPath(), "discovery-*").ToHashSet();
        var loader = new RecipeLoader
        {
            VariablesElsewhere = true,
            Environment = name => throw new InvalidOperationException($"{name} was asked for"),
            Sources = Loading.Sources,
            Sinks = Loading.Sinks,
        };
        var text = "source: {type: mysql, config: {host_port: 'db:3306', options: {__DATAHUB_TO_FILE_a: 'plain', __DATAHUB_TO_FILE_b: '${CA}'}}}\n" + Sink;
        using var loaded = loader.Load("recipe.yml", Encoding.UTF8.GetBytes(text), RecipeFormat.Yaml);
        Assert.Empty(loaded.Errors);
        Assert.DoesNotContain(Directory.GetFiles(Path.GetTempPath(), "discovery-*"), file => !before.Contains(file) && File.ReadAllText(file) == "plain");
    }

    [Fact]
    public void A_schedule_that_only_a_worker_would_know_is_told()
    {
        using var loaded = Load("source: {type: mysql, config: {host_port: 'db:3306'}}\ndeployment: {schedule: '${CRON}'}\n" + Sink);
        Assert.Empty(loaded.Errors);
        Assert.Null(loaded.Recipe!.Deployment!.Schedule);
        Assert.Contains(loaded.Warnings, problem => problem.ToString().StartsWith("recipe.yml:2:24: warning: 'deployment.schedule' has a variable", StringComparison.Ordinal));
    }

    [Fact]
    public void Variables_stand_unresolved_in_what_may_be_shown()
    {
        using var loaded = Load("source: {type: mysql, config: {host_port: '${HOST}:3306', password: '${PASSWORD}'}}\n" + Sink);
        Assert.Contains("${HOST}:3306", loaded.Recipe!.RedactedJson, StringComparison.Ordinal);
    }

    private static LoadedRecipe Load(string text) =>
        new RecipeLoader { VariablesElsewhere = true, Environment = _ => null, Sources = Loading.Sources, Sinks = Loading.Sinks }
            .Load("recipe.yml", Encoding.UTF8.GetBytes(text), RecipeFormat.Yaml);
}
