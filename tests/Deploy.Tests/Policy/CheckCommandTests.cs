using Discovery.Deploy.Tests.DataHub;

namespace Discovery.Deploy.Tests.Policy;

public sealed class CheckCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("check-").FullName;

    [Fact]
    public void Good_manifests_end_with_0_and_say_what_was_not_run()
    {
        File.WriteAllText(Path.Combine(_folder, "shop.yaml"), GoodManifests.Text);

        var (code, output) = Run("deploy", "check", ".");

        Assert.True(code == 0, output);
        Assert.Contains("0 errors, 0 warnings in 21 objects\n", output, StringComparison.Ordinal);
        Assert.Contains("kubeconform: not run: its schemas are on the network", output, StringComparison.Ordinal);
        Assert.Contains("kube-score: not run: it is not installed", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_ends_with_1_and_a_line_for_it()
    {
        File.WriteAllText(Path.Combine(_folder, "shop.yaml"), GoodManifests.With("shop/api:1.4.2", "shop/api:latest"));

        var (code, output) = Run("deploy", "check", "shop.yaml");

        Assert.Equal(1, code);
        Assert.Matches(@"(?m)^shop\.yaml:\d+: error: image-tag: Deployment/shop/shop-api: ", output);
        Assert.Contains("1 errors, 0 warnings in 21 objects\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_alone_ends_with_0()
    {
        File.WriteAllText(Path.Combine(_folder, "values.yaml"), "datahub-gms: { replicas: 2 }\n");

        Assert.Equal(0, Run("deploy", "check", "values.yaml").Code);
    }

    [Fact]
    public void A_pipe_in_a_folder_holds_nobody_up()
    {
        File.WriteAllText(Path.Combine(_folder, "shop.yaml"), GoodManifests.Text);
        Pipe.Make(Path.Combine(_folder, "pipe.yaml"));

        Assert.Equal(0, Run("deploy", "check", ".").Code);
    }

    [Theory]
    [InlineData("shop", "shop: error: file: is not checked: names of manifests")]
    [InlineData("SHOP.YAML", "error: image-tag: ")]
    public void What_is_named_is_checked_or_an_error(string file, string words)
    {
        File.WriteAllText(Path.Combine(_folder, file), GoodManifests.With("shop/api:1.4.2", "shop/api:latest"));

        var (code, output) = Run("deploy", "check", file);

        Assert.Equal(1, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "there is no file or folder not_there", "not_there")]
    [InlineData(2, "name folders or files to check")]
    [InlineData(2, "name folders or files to check", ".", "-c", "deploy.yml")]
    [InlineData(1, "there is no such file", "-c", "not_there.yml")]
    [InlineData(1, "must run v1.6.0 (chart 1.0.3) once", "--from", "v1.4.0")]
    [InlineData(0, "DataHub v1.6.0 may be moved to v1.7.0.1", "--from", "v1.6.0")]
    public void Other_calls_end_with_their_code_and_words(int exitCode, string words, params string[] arguments)
    {
        var (code, output) = Run(["deploy", "check", .. arguments]);

        Assert.True(code == exitCode, output);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Judges_that_are_installed_have_their_say()
    {
        File.WriteAllText(Path.Combine(_folder, "shop.yaml"), GoodManifests.With("shop/api:1.4.2", "shop/api:latest"));

        var (_, output) = RunWith(Helm.Judges, "deploy", "check", "shop.yaml", "--schemas", Path.Combine(_folder, "{{.ResourceKind}}.json"));

        Assert.Contains("kubeconform: shop.yaml - ", output, StringComparison.Ordinal);
        Assert.Contains("kube-score: [CRITICAL] shop-api/shop apps/v1/Deployment: (api) Image with latest tag\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("[OK]", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Judges_have_nothing_to_object_to_in_what_is_rendered()
    {
        foreach (var file in Renderer.Render([SampleEnvironments.Dev, SampleEnvironments.Prod]))
        {
            var path = Path.Combine(_folder, "out", file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }

        var (code, output) = RunWith(Helm.Judges, "deploy", "check", "out");

        Assert.Contains("kube-score: nothing to object to", output, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (int Code, string Output) Run(params string[] arguments) => RunWith(_folder, arguments);

    // Nothing but the judges is to be found, whatever this machine has.
    private (int Code, string Output) RunWith(string judges, params string[] arguments) => Programs.RunDeploy(_folder, arguments, ("PATH", judges));
}
