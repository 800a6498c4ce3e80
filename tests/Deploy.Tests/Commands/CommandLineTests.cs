using Discovery.Deploy.Tests.Input;

namespace Discovery.Deploy.Tests.Commands;

/// <summary>The program as it is started.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly DeployFolder _folder = new();

    [Theory]
    [InlineData(0, "First time:", "deploy", "--help")]
    [InlineData(0, "Exit codes:", "deploy", "render", "--help")]
    [InlineData(0, "Exit codes:", "deploy", "diff", "--help")]
    [InlineData(0, "{env} stands for", "deploy", "init", "--help")]
    [InlineData(2, "a word is missing; one of: init, render, diff, check", "deploy")]
    [InlineData(2, "'rendr' is not known here", "deploy", "rendr")]
    [InlineData(2, "Try './discovery deploy render --help'", "deploy", "render", "--nonsense")]
    [InlineData(1, "not_there.yml: error: there is no such file", "deploy", "render", "-c", "not_there.yml")]
    [InlineData(2, "not_there.yml: error: there is no such file", "deploy", "diff", "-c", "not_there.yml")]
    [InlineData(2, "there is no folder not_there", "deploy", "diff", "-o", "not_there")]
    [InlineData(1, "deploy.yml is a file; name a folder", "deploy", "render", "-o", "deploy.yml")]
    [InlineData(2, "deploy.yml is a file; name a folder", "deploy", "diff", "-o", "deploy.yml")]
    [InlineData(1, "deploy.yml is a file; name a folder", "deploy", "render", "-o", "deploy.yml/x")]
    [InlineData(1, "deploy.yml is there already and was left alone", "deploy", "init")]
    [InlineData(2, "--region must be a region, such as europe-west1, not 'europe-west1-b'; that is a zone, write europe-west1.", "deploy", "init", "-o", "new.yml", "--region", "europe-west1-b")]
    [InlineData(2, "--project must be a project id", "deploy", "init", "-o", "new.yml", "--project", "a: b #{env}")]
    [InlineData(2, "each is another one. Given: ../x", "deploy", "init", "-o", "new.yml", "--environments", "../x")]
    [InlineData(2, "the name of an environment has", "deploy", "init", "-o", "new.yml", "--environments", "dev", "dev")]
    public void A_command_line_ends_with_the_exit_code_and_the_words_that_people_expect(int exitCode, string words, params string[] arguments)
    {
        var (code, output) = Run(arguments);

        Assert.True(code == exitCode, output);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "new.yml")));
    }

    [Fact]
    public void A_render_tells_what_it_did_and_a_diff_what_it_would_do()
    {
        var (code, output) = Run("deploy", "render", "-o", "out/");
        Assert.True(code == 0, output);
        Assert.Contains("  new      dev/datahub/values.yaml\n", output, StringComparison.Ordinal);
        Assert.Contains("all: 1 file, 1 new\n", output, StringComparison.Ordinal);
        Assert.Equal((0, ""), Run("deploy", "diff"));

        _folder.Write("deploy.yml", DeployFolder.Minimal.Replace("datahub-dev.example.com", "data-dev.example.com", StringComparison.Ordinal));
        (code, output) = Run("deploy", "diff");
        Assert.Equal(1, code);
        Assert.Matches(@"(?m)^-.*datahub-dev\.example\.com[\s\S]*^\+.*data-dev\.example\.com", output);

        Assert.Contains("  changed  dev/datahub/values.yaml\n", Run("deploy", "render").Output, StringComparison.Ordinal);
        Assert.Contains("nothing changed", Run("deploy", "render").Output, StringComparison.Ordinal);

        // An environment that is no more goes, folder and all.
        _folder.Write("deploy.yml", DeployFolder.Minimal.Replace("  dev:", "  test:", StringComparison.Ordinal));
        Assert.Contains("  removed  dev/datahub/values.yaml\n", Run("deploy", "render").Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "out", "dev")));
    }

    [Fact]
    public void A_secret_that_somebody_wrote_into_a_file_is_not_shown()
    {
        Run("deploy", "render");
        File.AppendAllText(Path.Combine(_folder.Path, "out", "README.md"), "mysql password: hunter2\n");

        var (code, output) = Run("deploy", "diff");

        Assert.Equal(1, code);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
        Assert.Contains("out/README.md was changed by hand and holds what looks like a password", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_cannot_move_the_cursor_of_the_terminal()
    {
        _folder.Write("deploy.yml", DeployFolder.Minimal.Replace("example-dev", "\"\\e[31m\"", StringComparison.Ordinal));

        Assert.DoesNotContain("\e", Run("deploy", "render").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_faulty_file_leaves_the_output_as_it_was()
    {
        Run("deploy", "render");
        var before = File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "out", ".rendered"));
        _folder.Write("deploy.yml", "environments: {}");

        Assert.Equal(1, Run("deploy", "render").Code);
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "out", ".rendered")));
    }

    [Fact]
    public void A_move_of_DataHub_past_its_stop_over_is_refused_even_with_force()
    {
        _folder.Write("out/dev/datahub/values.yaml", "global: {datahub: {version: v1.4.0}}\n");

        var (code, output) = Run("deploy", "render", "--force");

        Assert.Equal(1, code);
        Assert.Contains("out/dev/datahub/values.yaml: DataHub v1.4.0 must run v1.6.0", output, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_folder.Path, "out"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("control-plane")]
    [InlineData("cron-job")]
    [InlineData("airflow")]
    public void What_init_writes_is_rendered_as_it_is(string scheduling)
    {
        var (code, output) = Run("deploy", "init", "-o", "made.yml", "--scheduling", scheduling, "--environments", "dev,on", "--cluster", "no");
        Assert.True(code == 0, output);
        Assert.Contains("so nobody is asked", output, StringComparison.Ordinal);

        (code, output) = Run("deploy", "render", "-c", "made.yml");
        Assert.True(code == 0, output);
        Assert.Contains("on: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_init_writes_supplies_the_variables_of_recipes_that_are_there()
    {
        _folder.Write("recipes/eu.yml", "source: {type: mysql, config: {host_port: '${EU_HOST}', password: '${EU_PASSWORD}'}}\nsink: {type: datahub-rest, config: {server: '${DATAHUB_GMS_URL}'}}\n");
        Run("deploy", "init", "-o", "made.yml");

        var (code, output) = Run("deploy", "render", "-c", "made.yml");
        Assert.True(code == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.Ordinal);
        Assert.Contains("      EU_HOST:\n        secret: eu-host\n", File.ReadAllText(Path.Combine(_folder.Path, "made.yml")), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private (int Code, string Output) Run(params string[] arguments) => Programs.RunDeploy(_folder.Path, arguments);
}
