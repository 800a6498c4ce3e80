using System.Text;
using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class RecipeLoaderTests
{
    private const string Good = "source: {type: mysql, config: {host_port: 'db:3306'}}\nsink: {type: file, config: {filename: out.json}}\n";

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        using var loaded = Loading.Load("""
            sorce: 1
            source:
              type: mysql
              config:
                host_prt: db
                port: 1
                include_tables: maybe
                table_pattern: {allow: ['(x', '*_tmp']}
                env: ${NOT_SET}
            sink: {type: fiel}
            """);
        Assert.Null(loaded.Recipe);
        Assert.Equal(
        [
            "recipe.yml:1:1: error: 'sorce' is not a setting of a recipe; did you mean 'source'?",
            "recipe.yml:5:5: error: 'host_prt' is not a setting of 'source.config'; did you mean 'host_port'?",
            "recipe.yml:6:5: error: 'port' is not a setting of 'source.config'; check the name, or remove it",
            "recipe.yml:7:21: error: 'source.config.include_tables' must be true or false, not 'maybe'",
            "recipe.yml:8:29: error: '(x' is not a Python regular expression: this '(' is not closed with ')' (character 1)",
            "recipe.yml:8:35: error: '*_tmp' is not a Python regular expression: there is nothing to repeat here (character 1); to match any text first, write '.*_tmp'",
            "recipe.yml:9:10: error: variable NOT_SET is not set; set it in the environment, or give a default with ${NOT_SET:-...}",
            "recipe.yml:10:14: error: there is no sink type 'fiel'; did you mean 'file'?",
        ], loaded.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Bad_expressions_are_told_also_where_the_list_beside_them_is_no_list()
    {
        using var loaded = Loading.LoadMySql("table_pattern: {allow: abc, deny: ['(x']}");

        Assert.Equal(2, loaded.Errors.Count());
    }

    [Fact]
    public void A_good_recipe_has_all_that_a_run_needs()
    {
        using var loaded = Loading.Load(Good + """
            run_id: r1
            pipeline_name: p1
            flags: {generate_browse_path_v2: false}
            reporting: [{type: file, required: yes, config: {filename: report.json}}]
            failure_log: {enabled: true, log_config: {filename: failed.json}}
            transformers: []
            datahub_api: null
            recording: null
            deployment: {name: nightly, schedule: '0 3 * * *', time_zone: Asia/Seoul, cli_version: 1.6.0, executor_id: e, extra_pip: '[]', extra_env: 'A=b'}
            """);
        Assert.Empty(loaded.Problems);
        var recipe = loaded.Recipe!;
        Assert.Equal(("mysql", "file", "r1", "p1"), (recipe.Source.Name, recipe.Sink.Name, recipe.RunId, recipe.PipelineName));
        Assert.False(recipe.Flags.GenerateBrowsePathV2);
        Assert.Equal([("report.json", true)], recipe.ReportFiles);
        Assert.Equal("failed.json", recipe.FailureLog);
        Assert.Equal("out.json", ((TestFileSinkConfig)recipe.SinkConfig).FileName);
    }

    [Theory]
    [InlineData("type: snowflake", "'snowflake' is not built yet")]
    [InlineData("type: my.module.Source", "names a Python class")]
    [InlineData("type: 7", "'source.type' must be text")]
    [InlineData("type: mysql\n  extractor: other", "only 'generic'")]
    [InlineData("type: mysql\n  config: [1]", "must be a mapping")]
    public void A_source_that_cannot_run_is_refused(string source, string reason)
    {
        using var loaded = Loading.Load($"source:\n  {source}\nsink: {{type: console}}\n");
        Assert.Contains(reason, Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transformers: [{type: simple_add_dataset_tags}]", "transformers are not built yet")]
    [InlineData("reporting: [{type: fle}]", "did you mean 'file'?")]
    [InlineData("reporting: [{type: file}]", "'reporting.config.filename' is missing")]
    [InlineData("failure_log: {enabled: true}", "log_config.filename")]
    [InlineData("datahub_api: {token: x}", "'datahub_api.server' is missing")]
    [InlineData("deployment: {schedule: daily}", "five fields")]
    [InlineData("deployment: {nam: x}", "did you mean 'name'?")]
    [InlineData("flags: {report_failure_sample_size: -1}", "at least 0")]
    [InlineData("flags:", "'flags' has no value")]
    [InlineData("run_id: 2024-01-01", "not a date; put text in quotes")]
    public void A_block_beside_source_and_sink_is_checked(string block, string reason)
    {
        using var loaded = Loading.Load(Good + block);
        Assert.Contains(reason, Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sink_that_ignores_unknown_settings_warns_of_them()
    {
        using var loaded = Loading.Load("source: {type: mysql}\nsink: {type: datahub-rest, config: {server: 'http://x', tokn: a}}");
        Assert.NotNull(loaded.Recipe);
        Assert.Contains("did you mean 'token'?", Assert.Single(loaded.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_in_no_problem_and_not_in_the_redacted_recipe()
    {
        var secrets = new SecretMasker();
        var loader = Loading.Loader(new Dictionary<string, string> { ["HOST"] = "topsecret:host:port" }, secrets);
        using var loaded = loader.Load("r.yml", Encoding.UTF8.GetBytes("""
            source:
              type: mysql
              config:
                host_port: ${HOST}
                env: ${HOST}
                password: literal-password
                sqlalchemy_uri: [literal-password]
            sink: {type: datahub-rest, config: {server: 'http://u:literal-password@x', token: abc}}
            """), RecipeFormat.Yaml);
        Assert.NotEmpty(loaded.Errors);
        Assert.All(loaded.Problems, problem => Assert.DoesNotContain("topsecret", problem.Message, StringComparison.OrdinalIgnoreCase));
        Assert.All(loaded.Problems, problem => Assert.DoesNotContain("literal-password", problem.Message, StringComparison.Ordinal));
        Assert.Equal("***source.config.password***", secrets.Mask("literal-password"));
    }

    [Fact]
    public void The_redacted_recipe_is_the_written_one_without_secrets()
    {
        using var loaded = Loading.Load("""
            source:
              type: mysql
              config:
                host_port: ${HOST:-db:3306}
                username: me
                password: ${PW:-hunter2}
                options: {connect_args: {}}
            sink: {type: datahub-rest, config: {server: 'http://u:hunter2@x:80', token: $TOKEN, api_key: 1, password: null, my-secret: [], client_secret: {}}}
            """);
        Assert.Equal(
            """{"source":{"type":"mysql","config":{"host_port":"${HOST:-db:3306}","username":"me","password":"********","options":"********"}},"sink":{"type":"datahub-rest","config":{"server":"http://u:********@x:80","token":"$TOKEN","api_key":"********","password":null,"my-secret":[],"client_secret":{}}}}""",
            loaded.Recipe!.RedactedJson);
    }

    [Fact]
    public void The_redacted_recipe_has_no_headers_no_contents_of_files_and_no_part_of_a_password()
    {
        using var loaded = new RecipeLoader { VariablesElsewhere = true }.Load("r.yml", """
            source: {type: mysql, config: {username: 'see mysql://u:hun@ter2@db'}}
            sink: {type: datahub-rest, config: {server: 'http://x', extra_headers: {Cookie: hunter2}, __DATAHUB_TO_FILE_client_key_path: PEM, __DATAHUB_TO_FILE_client_certificate_path: '${PEM}'}}
            """u8.ToArray(), RecipeFormat.Yaml);
        Assert.Equal(
            """{"source":{"type":"mysql","config":{"username":"see mysql://u:********@db"}},"sink":{"type":"datahub-rest","config":{"server":"http://x","extra_headers":"********","__DATAHUB_TO_FILE_client_key_path":"********","__DATAHUB_TO_FILE_client_certificate_path":"${PEM}"}}}""",
            loaded.Recipe!.RedactedJson);
    }

    [Fact]
    public void A_long_text_that_aliases_repeat_is_refused()
    {
        var repeated = string.Concat(Enumerable.Repeat(",*a", 10_000));
        using var loaded = Loading.Load("{source: {type: mysql, config: {options: {x: [&a " + new string('y', 400_000) + repeated + "]}}}, sink: {type: console}}");
        Assert.Contains("once its YAML aliases are followed", Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_that_variables_repeat_is_refused()
    {
        var environment = new Dictionary<string, string> { ["LONG"] = new('y', 900_000) };
        using var loaded = Loading.Load($"{{source: {{type: mysql, config: {{options: {{x: [{string.Join(',', Enumerable.Repeat("$LONG", 1000))}]}}}}}}, sink: {{type: console}}}}", environment: environment);
        Assert.Contains(loaded.Errors, error => error.Message.Contains("with their variables", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("recipe.txt", "ends in .yml")]
    [InlineData("not_there.yml", "no such file")]
    [InlineData("https://example.com/recipe.yml", "not fetched")]
    public void A_path_that_is_no_recipe_is_one_error(string path, string reason)
    {
        using var loaded = Loading.Loader().Load(path);
        var error = Assert.Single(loaded.Problems);
        Assert.StartsWith($"{path}: error: ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_standard_input_is_YAML_or_JSON()
    {
        using var loaded = FromStandardInput("{\"source\": {\"type\": \"mysql\"}, \"sink\": {\"type\": \"console\"}}");
        Assert.Empty(loaded.Problems);
    }

    [Fact]
    public void The_standard_input_may_carry_secrets_beside_the_recipe()
    {
        var secrets = new SecretMasker();
        using var loaded = FromStandardInput("""{"__recipe_yaml__": "source: {type: mysql, config: {password: '${PW}'}}\nsink: {type: console}", "__secrets__": {"PW": "hunter2", "NULL": null}}""", secrets);
        Assert.Empty(loaded.Problems);
        Assert.Equal("hunter2", ((Discovery.Ingestion.Sources.MySql.MySqlSourceConfig)loaded.Recipe!.SourceConfig).Password!.Reveal());
        Assert.Equal("***PW***", secrets.Mask("hunter2"));
    }

    [Fact]
    public void An_endless_input_is_refused()
    {
        using var loaded = Loading.Loader(standardInput: new byte[17 * 1024 * 1024]).Load("-");
        Assert.Contains("16 MB", Assert.Single(loaded.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Content_for_a_file_is_written_for_us_alone_and_deleted_after_the_run()
    {
        string? path;
        using (var loaded = Loading.LoadMySql("options: {connect_args: {ssl: {__DATAHUB_TO_FILE_ca: 'PEM'}}}"))
        {
            path = ((Discovery.Ingestion.Sources.MySql.MySqlSourceConfig)loaded.Recipe!.SourceConfig).GetTarget().Tls.CaFile!;
            Assert.Equal("PEM", File.ReadAllText(path));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_recipe_full_of_faults_is_refused_without_telling_all()
    {
        using var loaded = Loading.Load(Good + string.Concat(Enumerable.Range(0, 100_000).Select(index => $"key{index}: 1\n")));
        Assert.InRange(loaded.Problems.Count, 1, 200);
        Assert.Null(loaded.Recipe);
    }

    [Theory]
    [InlineData(RecipeFormat.Yaml)]
    [InlineData(RecipeFormat.Json)]
    [InlineData(RecipeFormat.Toml)]
    public void Whatever_the_text_is_loading_ends_with_a_recipe_or_an_error(RecipeFormat format)
    {
        var sample = format switch
        {
            RecipeFormat.Json => """{"source": {"type": "mysql", "config": {"table_pattern": {"allow": ["^a$"]}}}, "sink": {"type": "console"}, "n": [1, -2.5e3, null]}""",
            RecipeFormat.Toml => "run_id = \"x\"\n[source]\ntype = 'mysql'\n[source.config]\nx = {a = [1, 2.5], b.c = true}\n[[reporting]]\ntype = \"\"\"file\"\"\"\n",
            _ => "a: &a {x: 1}\nsource:\n  type: mysql\n  config: {<<: *a, table_pattern: {allow: [\"b\\$\", '${A:-b}', (]}}\nsink: !!str console\nlist:\n- |\n  text\n- >-\n  x\n",
        };
        const string Noise = "{}[]()<>:,-*&!|>'\"%@`#\\$?\t\n =.0x_\0\uFEFFé";
        var chance = new Random(7);
        for (var round = 0; round < 1500; round++)
        {
            var text = new StringBuilder(sample);
            for (var change = chance.Next(1, 5); change > 0; change--)
            {
                var at = chance.Next(text.Length);
                _ = chance.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(chance.Next(1, 12), text.Length - at)),
                    1 => text.Insert(at, Noise[chance.Next(Noise.Length)]),
                    _ => text.Insert(at, text.ToString(at, Math.Min(chance.Next(1, 20), text.Length - at))),
                };
            }
            using var loaded = Loading.Load(text.ToString(), format);
            Assert.True(loaded.Recipe is null == loaded.Errors.Any(), text.ToString());
        }
    }

    private static LoadedRecipe FromStandardInput(string text, SecretMasker? secrets = null) =>
        Loading.Loader(secrets: secrets, standardInput: Encoding.UTF8.GetBytes(text)).Load("-");
}
