using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Ingestion.Tests.Recipes;

/// <summary>Loads recipes with the MySQL source and sinks of the shapes that DataHub's have.</summary>
internal static class Loading
{
    public static readonly IReadOnlyList<SourceType> Sources =
    [
        new("mysql", typeof(MySqlSourceConfig), NoSource),
        new("mariadb", typeof(MySqlSourceConfig), NoSource),
    ];

    public static readonly IReadOnlyList<SinkType> Sinks =
    [
        new("file", typeof(TestFileSinkConfig), NoSink),
        new("console", typeof(TestEmptyConfig), NoSink),
        new("datahub-rest", typeof(TestRestSinkConfig), NoSink),
    ];

    public static RecipeLoader Loader(IReadOnlyDictionary<string, string>? environment = null, SecretMasker? secrets = null, byte[]? standardInput = null) => new()
    {
        Secrets = secrets ?? new SecretMasker(),
        Environment = name => environment?.GetValueOrDefault(name),
        Sources = Sources,
        Sinks = Sinks,
        StandardInput = () => new MemoryStream(standardInput ?? []),
    };

    public static LoadedRecipe Load(string text, RecipeFormat format = RecipeFormat.Yaml, IReadOnlyDictionary<string, string>? environment = null) =>
        Loader(environment).Load("recipe.yml", Encoding.UTF8.GetBytes(text), format);

    /// <summary>Loads a recipe for MySQL whose source config has these lines besides.</summary>
    public static LoadedRecipe LoadMySql(params string[] configLines) =>
        Load($"source:\n  type: mysql\n  config:\n    host_port: db:3306\n{string.Concat(configLines.Select(line => $"    {line}\n"))}sink: {{type: console}}\n");

    public static MySqlSourceConfig MySqlConfig(params string[] configLines)
    {
        using var loaded = LoadMySql(configLines);
        Assert.Empty(loaded.Errors);
        return (MySqlSourceConfig)loaded.Recipe!.SourceConfig;
    }

    private static ISource NoSource(object config, RunContext context) => throw new NotSupportedException();

    private static ISink NoSink(object config, RunContext context) => throw new NotSupportedException();
}

internal sealed record TestEmptyConfig;

internal sealed record TestFileSinkConfig
{
    [Setting("filename", "File to write.")]
    public required string FileName { get; init; }

    [Setting("legacy_nested_json_string", "Old layout.")]
    public bool LegacyNestedJsonString { get; init; }
}

[AcceptsUnknownSettings]
internal sealed record TestRestSinkConfig
{
    [Setting("server", "Server.")]
    public required string Server { get; init; }

    [Setting("token", "Token.")]
    public Secret? Token { get; init; }
}
