using System.Diagnostics;

namespace Discovery.Ingestion.Worker.Tests;

/// <summary>The program as it is started.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData(0, "First look:", "--help")]
    [InlineData(0, "Exit codes:", "ingest", "--help")]
    [InlineData(0, "Exit codes:", "ingest", "run", "--help")]
    [InlineData(0, "Exit codes:", "preflight", "--help")]
    [InlineData(0, "recipe init mysql --host", "recipe", "init", "mysql", "--help")]
    [InlineData(0, "DISCOVERY_WORKER_TOKEN", "worker", "--help")]
    [InlineData(0, "DISCOVERY_API_TOKEN", "runs", "logs", "--help")]
    [InlineData(2, "one of: list, show, start, cancel, logs", "runs")]
    [InlineData(2, "--time-zone goes with --schedule", "recipe", "deploy", "x.yml", "--to", ".", "--time-zone", "UTC")]
    [InlineData(1, "--api takes an http or https address", "runs", "list", "--api", "ftp://x")]
    [InlineData(1, "The token cannot be read", "worker", "--token-file", "not_there.token")]
    [InlineData(0, "Discovery version: 0.1.0", "version")]
    [InlineData(2, "Option '-c' is required", "ingest")]
    [InlineData(2, "Option '-c' is required", "preflight")]
    [InlineData(2, "Try './discovery ingest run --help'", "ingest", "run")]
    [InlineData(2, "'--no-such-option'", "ingest", "-c", "x.yml", "--no-such-option")]
    [InlineData(2, "./discovery --help", "nonsense")]
    [InlineData(2, "there is no file not_there.json", "check", "metadata-file", "not_there.json")]
    [InlineData(1, "not_there.yml: error:", "ingest", "-c", "not_there.yml")]
    [InlineData(1, "not_there.yml: error:", "preflight", "-c", "not_there.yml")]
    [InlineData(1, "not_there.yml: error:", "recipe", "check", "not_there.yml")]
    public async Task A_command_line_ends_with_the_exit_code_and_the_words_that_people_expect(int exitCode, string words, params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);

        Assert.True(code == exitCode, output);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preflight_refuses_a_source_that_has_no_rights_to_look_at()
    {
        var folder = Directory.CreateTempSubdirectory("preflight-");
        try
        {
            var recipe = Path.Combine(folder.FullName, "recipe.yml");
            await File.WriteAllTextAsync(recipe, "source:\n  type: file\n  config:\n    path: in.json\nsink:\n  type: blackhole\n", TestContext.Current.CancellationToken);

            var (code, output) = await RunAsync("preflight", "-c", recipe);

            Assert.Equal(1, code);
            Assert.Contains("preflight is for sources of type mysql and mariadb; this recipe reads file", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Given_twice_the_last_recipe_counts()
    {
        var (code, output) = await RunAsync("ingest", "-c", "first.yml", "-c", "second.yml");

        Assert.Equal(1, code);
        Assert.Contains("second.yml: error:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("first.yml", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--report-to", "/dev/null/report.json")]
    [InlineData("--report-to", "")]
    [InlineData("--test-source-connection", "--report-to", "/dev/null/report.json")]
    public async Task A_report_that_cannot_be_written_is_one_sentence_and_a_failure(params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("report-");
        try
        {
            var recipe = Path.Combine(folder.FullName, "recipe.yml");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "in.json"), "[]", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                recipe, $"source:\n  type: file\n  config:\n    path: \"{folder.FullName}/in.json\"\nsink:\n  type: blackhole\n", TestContext.Current.CancellationToken);

            var (code, output) = await RunAsync(["ingest", "-c", recipe, .. options]);

            Assert.True(code == 1, output);
            Assert.Contains("The report could not be written to", output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Recipe_init_writes_a_recipe_that_is_good_and_the_statements_for_its_account()
    {
        var folder = Directory.CreateTempSubdirectory("recipe-init-");
        try
        {
            var path = Path.Combine(folder.FullName, "new.yml");
            var (code, output) = await RunAsync("recipe", "init", "mysql", "--host", "db.example.com:3307", "--user", "o'reader", "--output", path);
            var (again, refusal) = await RunAsync("recipe", "init", "mysql", "--output", path);
            var (check, checkOutput) = await RunAsync("recipe", "check", path);

            Assert.True(code == 0, output);
            Assert.Contains("CREATE USER 'o''reader'@'%' IDENTIFIED BY", output, StringComparison.Ordinal);
            Assert.Contains("GRANT REFERENCES ON *.* TO 'o''reader'@'%';", output, StringComparison.Ordinal);
            Assert.Contains("information_schema, mysql, performance_schema, sys", output, StringComparison.Ordinal);
            Assert.Equal(1, again);
            Assert.Contains("is there already and was left alone", refusal, StringComparison.Ordinal);
            // Its password is a variable that is not set here; that is its one fault.
            Assert.Equal(1, check);
            Assert.Contains("MYSQL_PASSWORD", checkOutput, StringComparison.Ordinal);
            Assert.Single(checkOutput.Split('\n'), line => line.Contains("error:", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Deploy_puts_a_recipe_with_its_schedule_into_the_folder_and_says_when_it_runs()
    {
        var folder = Directory.CreateTempSubdirectory("deploy-");
        try
        {
            var recipe = Path.Combine(folder.FullName, "shop.yml");
            var target = Path.Combine(folder.FullName, "recipes");
            await File.WriteAllTextAsync(recipe, "# Ours\nsource:\n  type: file\n  config:\n    path: \"${SHOP_PATH}\"\nsink:\n  type: blackhole\n", TestContext.Current.CancellationToken);
            string[] deploy = ["recipe", "deploy", recipe, "--to", target, "--schedule", "0 3 * * *", "--time-zone", "Europe/Berlin"];

            var (code, output) = await RunAsync(deploy);
            var (_, again) = await RunAsync(deploy);
            var (refused, refusal) = await RunAsync("recipe", "deploy", recipe, "--to", target, "--schedule", "0 3 * *");

            Assert.True(code == 0, output);
            Assert.Contains("shop.yml is new.", output, StringComparison.Ordinal);
            Assert.Matches("It runs at 0 3 \\* \\* \\* \\(Europe/Berlin\\), next:\n(  \\w{3} \\d{4}-\\d\\d-\\d\\d 03:00 \\+0[12]:00\n){3}$", output);
            Assert.Contains("is unchanged.", again, StringComparison.Ordinal);
            Assert.StartsWith("# Ours\n", await File.ReadAllTextAsync(Path.Combine(target, "shop.yml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(1, refused);
            Assert.Contains("the schedule cannot be:", refusal, StringComparison.Ordinal);
            Assert.Single(Directory.GetFiles(target));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        // Where it was built: beside the tests some of its libraries are missing, as they come with the framework of servers.
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Ingestion.Worker", new DirectoryInfo(AppContext.BaseDirectory).Name, "Discovery.Ingestion.Worker.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("MYSQL_PASSWORD");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
