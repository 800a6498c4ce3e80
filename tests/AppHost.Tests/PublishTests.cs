using System.Diagnostics;
using System.Text.RegularExpressions;
using Discovery.Deploy;
using Discovery.Deploy.Input;

namespace Discovery.AppHost.Tests;

/// <summary>What <c>aspire publish</c> writes.</summary>
public sealed partial class PublishTests : IDisposable
{
    private const string Sentinel = "Never-On-Disk-4711";

    // As deep as Snapshots, as the manifest names projects by paths relative to itself.
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(SharedFolder.Root, "artifacts", "publish-tests", Guid.NewGuid().ToString("N")));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Publishing_renders_the_deployment_as_the_deploy_command_does()
    {
        var output = Path.Combine(_folder.FullName, "gke");
        await PublishedHost.PublishAsync("publish", output, "--deploy-file", "deploy.sample.yml");
        var expected = Renderer.Render(DeployFile.Load(Path.Combine(SharedFolder.Root, "deploy.sample.yml")).Environments);
        Assert.All(expected, file => Assert.Equal(file.Text, File.ReadAllText(Path.Combine(output, file.Path))));
    }

    [Fact]
    public async Task With_a_registry_the_deployment_has_the_images_of_the_model()
    {
        await PublishedHost.PublishAsync("publish", _folder.FullName, "--deploy-file", "deploy.sample.yml", "--registry", "europe-west1-docker.pkg.dev/example/own");
        var images = Directory.GetFiles(Path.Combine(_folder.FullName, "prod", "discovery")).SelectMany(File.ReadLines).Where(line => line.Contains("image:", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct();
        Assert.Equal(["image: europe-west1-docker.pkg.dev/example/own/discovery-api:0.1.0", "image: europe-west1-docker.pkg.dev/example/own/discovery-worker:0.1.0"], images.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_mistake_in_the_deploy_file_ends_the_publishing_and_writes_nothing()
    {
        var file = Path.Combine(_folder.FullName, "deploy.yml");
        await File.WriteAllTextAsync(file, "environments:\n  dev: {}\n", TestContext.Current.CancellationToken);
        var (exitCode, output) = await RunAsync("publish", Path.Combine(_folder.FullName, "gke"), "--deploy-file", file);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("deploy.yml:2", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "gke")));
    }

    /// <summary>Where Aspire keeps values of parameters is below the home folder.</summary>
    [Fact]
    public async Task No_secret_reaches_the_output_or_the_home_folder()
    {
        foreach (var step in (string[])["publish", "publish-manifest"])
        {
            var (exitCode, output) = await RunAsync(step, Path.Combine(_folder.FullName, step, "manifest.json"), "--deploy-file", "deploy.sample.yml");
            Assert.True(exitCode == 0, output);
            Assert.DoesNotContain(Sentinel, output, StringComparison.Ordinal);
        }
        var files = Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => Path.GetFileName(file) == "manifest.json");
        Assert.All(files, file => Assert.DoesNotContain(Sentinel, File.ReadAllText(file), StringComparison.Ordinal));
    }

    /// <summary>To accept a change: dotnet run --project AppHost -- --operation publish --publisher manifest --output-path ../tests/AppHost.Tests/Snapshots/manifest.json</summary>
    [Fact]
    public async Task The_manifest_is_as_it_was()
    {
        var manifest = Path.Combine(_folder.FullName, "manifest.json");
        await PublishedHost.PublishAsync("publish-manifest", manifest);
        var expected = await File.ReadAllTextAsync(Path.Combine(SharedFolder.Root, "tests", "AppHost.Tests", "Snapshots", "manifest.json"), TestContext.Current.CancellationToken);
        Assert.Equal(WithoutHash(expected), WithoutHash(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken)), ignoreLineEndingDifferences: true);
    }

    /// <summary>Runs the host as a process, with a home folder that is thrown away, and a value for each secret.</summary>
    private async Task<(int ExitCode, string Output)> RunAsync(string step, string output, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HostSettings).Assembly.Location, "--operation", "publish", "--step", step, "--output-path", output, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.Combine(SharedFolder.Root, "AppHost"),
        };
        start.Environment["HOME"] = Directory.CreateDirectory(Path.Combine(_folder.FullName, "home")).FullName;
        await using var host = await PublishedHost.CreateAsync();
        foreach (var parameter in host.Resources.OfType<Aspire.Hosting.ApplicationModel.ParameterResource>())
        {
            start.Environment[$"Parameters__{parameter.Name.Replace('-', '_')}"] = Sentinel;
        }
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, string.Concat(texts));
    }

    // "name": "discovery.apphost-feed4158f1-datahub-mysql-data": of the path of this checkout.
    private static string WithoutHash(string manifest) => VolumeHash().Replace(manifest, "-HASH-");

    [GeneratedRegex("(?<=apphost)-[0-9a-f]{10}-")]
    private static partial Regex VolumeHash();
}
