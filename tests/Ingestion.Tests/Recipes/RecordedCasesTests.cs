namespace Discovery.Ingestion.Tests.Recipes;

/// <summary>Every recipe that DataHub's client was recorded with: what it refuses is refused here, before anything runs.</summary>
public sealed class RecordedCasesTests
{
    // Faults that only show when the source or sink is opened; the recipe itself is good.
    private static readonly HashSet<string> FailsWhenRun =
    [
        "wrong_password", "wrong_password_no_database", "unknown_host", "closed_port", "host_without_port", "unknown_database", "no_username",
        "dry_run_bad_password", "env_bare_dollar_unset", "sink_rest_unreachable", "stateful_datahub_api_unreachable", "strict_warnings_with_warning",
    ];

    // The client trips over 'config' being absent; by its own documents that is the same as an empty one.
    private static readonly HashSet<string> GoodHere = ["missing_source_config"];

    // Here a recipe is checked before a connection test too, and the client's test only reports what is wrong.
    private static readonly HashSet<string> RefusedHere = ["test_connection_bad_config"];

    // About the command line, not about a recipe.
    private static readonly HashSet<string> NoRecipe =
        ["check_help", "check_metadata_file_bad", "check_plugins", "ingest_group_help", "ingest_help", "no_config_option", "recipe_help", "recipe_probe", "unknown_option", "version"];

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["MYSQL_HOST_PORT"] = "127.0.0.1:3310",
        ["MYSQL_USERNAME"] = "meta_full",
        ["MYSQL_PASSWORD"] = "correct horse",
    };

    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        foreach (var folder in Folder() is { } root ? Directory.GetDirectories(root).Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            if (!NoRecipe.Contains(Path.GetFileName(folder)))
            {
                cases.Add(Path.GetFileName(folder));
            }
        }
        if (cases.Count == 0)
        {
            cases.Add("");
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void A_recorded_recipe_is_accepted_or_refused_as_by_the_real_client(string name)
    {
        if (name.Length == 0)
        {
            Assert.Skip("The recorded cases are not beside the repository (../shared/oracle/mysql/public/_errors_and_cli).");
        }
        var folder = Path.Combine(Folder()!, name);
        var report = File.ReadAllLines(Path.Combine(folder, "report.txt"));
        var exitCode = report[0]["exit_code: ".Length..];
        var file = report[1].Split(' ').Last(word => word.StartsWith("recipe.", StringComparison.Ordinal) || word == "not_there.yml");
        var environment = new Dictionary<string, string>(Environment);
        if (name == "host_bad_port")
        {
            environment["MYSQL_HOST_PORT"] = "127.0.0.1:notaport";
        }

        using var loaded = Loading.Loader(environment).Load(Path.Combine(folder, file));

        var expected = !RefusedHere.Contains(name) && (exitCode == "0" || FailsWhenRun.Contains(name) || GoodHere.Contains(name));
        Assert.True(expected == loaded.Recipe is not null, $"exit code there {exitCode}, problems here:\n{string.Join('\n', loaded.Problems)}");
        Assert.All(loaded.Problems, problem => Assert.DoesNotContain("correct horse", problem.ToString(), StringComparison.Ordinal));
        Assert.All(loaded.Errors, error => Assert.True(error.Position.Line > 0 || name is "empty_file" or "file_missing" or "txt_extension", error.ToString()));
    }

    [Fact]
    public void Every_recipe_whose_output_was_recorded_loads_without_an_error()
    {
        var root = Directory.GetParent(Folder() ?? "/")?.FullName;
        Assert.SkipWhen(root is null, "The recorded cases are not beside the repository (../shared/oracle/mysql/public).");
        foreach (var path in Directory.GetFiles(root, "recipe.yml", SearchOption.AllDirectories).Where(path => !path.Contains("_errors_and_cli", StringComparison.Ordinal)))
        {
            using var loaded = Loading.Loader(Environment).Load(path);
            Assert.True(loaded.Recipe is not null, string.Join('\n', loaded.Problems));
        }
    }

    private static string? Folder()
    {
        var folder = Path.GetFullPath(Path.Combine(SharedFolder.Root, "..", "shared", "oracle", "mysql", "public", "_errors_and_cli"));
        return Directory.Exists(folder) ? folder : null;
    }
}
