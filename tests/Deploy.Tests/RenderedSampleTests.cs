using Discovery.Deploy.Input;
using Discovery.Deploy.Output;
using Discovery.Deploy.Policy;

namespace Discovery.Deploy.Tests;

/// <summary>What <c>deploy.sample.yml</c> renders to. Accept a change by <c>./discovery deploy render -c deploy.sample.yml -o tests/Deploy.Tests/Snapshots</c>, and read the difference.</summary>
public sealed class RenderedSampleTests
{
    private static readonly Lazy<IReadOnlyList<OutputFile>> Rendered = new(() => Render(SharedFolder.Root));

    [Fact]
    public void The_sample_renders_to_what_is_committed()
    {
        var snapshots = Path.Combine(SharedFolder.Root, "tests/Deploy.Tests/Snapshots");
        var committed = Directory.EnumerateFiles(snapshots, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(snapshots, file)).Where(file => file != ".rendered");

        Assert.Equal(committed.Order(StringComparer.Ordinal), Rendered.Value.Select(file => file.Path));
        Assert.All(Rendered.Value, file => Assert.Equal(File.ReadAllText(Path.Combine(snapshots, file.Path)), file.Text));
    }

    [Fact]
    public void Another_checkout_with_other_line_ends_renders_to_the_same_bytes()
    {
        var folder = Directory.CreateTempSubdirectory("another checkout ").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedFolder.Root, "samples/recipes")).Append(Path.Combine(SharedFolder.Root, "deploy.sample.yml")))
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(SharedFolder.Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.WriteAllText(copy, File.ReadAllText(file).ReplaceLineEndings("\r\n"));
            }

            Assert.Equal(Rendered.Value, Render(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Nothing_in_the_output_looks_like_a_secret() =>
        Assert.All(Rendered.Value, file => Assert.Empty(SecretLines.Find(file)));

    [Fact]
    public void The_order_of_the_environments_does_not_matter_to_their_files()
    {
        var loaded = DeployFile.Load(Path.Combine(SharedFolder.Root, "deploy.sample.yml"));

        var turned = Renderer.Render([.. loaded.Environments.Reverse()]);

        Assert.Equal(Rendered.Value.Where(file => file.Path != "README.md"), turned.Where(file => file.Path != "README.md"));
    }

    private static IReadOnlyList<OutputFile> Render(string folder)
    {
        var loaded = DeployFile.Load(Path.Combine(folder, "deploy.sample.yml"));
        Assert.Empty(loaded.Problems);
        return Renderer.Render(loaded.Environments);
    }
}
