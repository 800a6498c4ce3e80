using System.Text.Json;

namespace Discovery.Integration.Tests.Images;

/// <summary>What is in the images, and what they can be used for one by one.</summary>
[Collection<BuiltImagesCollection>, Trait("Category", "Long")]
public sealed class ImageTests(BuiltImages images)
{
    private const int Milliseconds = 120_000;

    [Theory(Timeout = Milliseconds)]
    [InlineData("worker", "Ingestion.Worker")]
    [InlineData("api", "Ingestion.Api")]
    [InlineData("catalog", "Catalog")]
    public async Task An_image_is_one_program_that_is_not_root_and_says_where_it_comes_from(string service, string program)
    {
        images.Require();
        await using var containers = await Containers.StartAsync();
        using var json = JsonDocument.Parse(await containers.DockerAsync("image", "inspect", Containers.Image(service)));
        var config = json.RootElement[0].GetProperty("Config");
        var labels = config.GetProperty("Labels").EnumerateObject().ToDictionary(label => label.Name.Replace("org.opencontainers.image.", "", StringComparison.Ordinal), label => label.Value.GetString()!);

        Assert.Equal("10001:10001", config.GetProperty("User").GetString());
        Assert.Equal(["dotnet", $"/app/Discovery.{program}.dll"], config.GetProperty("Entrypoint").EnumerateArray().Select(word => word.GetString()));
        Assert.True(!config.TryGetProperty("Cmd", out var command) || command.ValueKind == JsonValueKind.Null, "The image has arguments of its own.");
        Assert.Equal($"discovery-{service}", labels["title"]);
        Assert.Equal("0.1.0", labels["version"]);
        Assert.Equal("Apache-2.0", labels["licenses"]);
        Assert.NotEmpty(labels["description"]);
        Assert.Contains("/", labels["base.name"], StringComparison.Ordinal);
        Assert.StartsWith("sha256:", labels["base.digest"], StringComparison.Ordinal);
        Assert.DoesNotContain(labels.Values, value => value.Contains(SharedFolder.Root, StringComparison.Ordinal));
    }

    [Theory(Timeout = Milliseconds)]
    [InlineData("worker")]
    [InlineData("api")]
    [InlineData("catalog")]
    public async Task An_image_has_no_shell_no_SDK_and_no_secret(string service)
    {
        images.Require();
        await using var containers = await Containers.StartAsync();

        Assert.Equal(127, (await containers.RunAsync(Containers.Image(service), ["--entrypoint", "/bin/sh"], "-c", "true")).ExitCode);
        Assert.Equal("", (await containers.RunAsync(Containers.Image(service), ["--entrypoint", "dotnet"], "--list-sdks")).Output);
        var said = await containers.DockerAsync("image", "inspect", "--format", "{{json .Config}}", Containers.Image(service)) + await containers.DockerAsync("history", "--no-trunc", Containers.Image(service));
        Assert.DoesNotMatch("(?i)password|secret|token|apikey", said);
    }

    [Fact(Timeout = Milliseconds)]
    public async Task The_worker_writes_a_file_where_nothing_but_one_folder_can_be_written()
    {
        images.Require();
        await using var containers = await Containers.StartAsync();
        var (recipes, output) = (containers.Folder("recipes"), containers.Folder("output"));
        MetadataRecipe.Write(recipes, "sink: { type: file, config: { filename: /output/metadata.json } }");

        var run = await containers.RunAsync(Containers.Image("worker"), ["--volume", $"{recipes}:/recipes:ro", "--volume", $"{output}:/output"], "ingest", "-c", "/recipes/orders.yml");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains(MetadataRecipe.Dataset, await File.ReadAllTextAsync(Path.Combine(output, "metadata.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(Timeout = Milliseconds)]
    public async Task An_image_made_from_the_worker_with_a_recipe_and_a_command_ingests_it()
    {
        images.Require();
        await using var containers = await Containers.StartAsync();
        var context = containers.Folder("context");
        File.Copy(Path.Combine(SharedFolder.Root, "samples", "image", "Dockerfile"), Path.Combine(context, "Dockerfile"));
        MetadataRecipe.Write(context, "sink: { type: console }", "recipe");
        var derived = await containers.BuildAsync(context, "--build-arg", $"WORKER={Containers.Image("worker")}");

        var run = await containers.RunAsync(derived, ["--volume", $"{context}/files:/recipes/files:ro"]);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains(MetadataRecipe.Dataset, run.Output, StringComparison.Ordinal);
        Assert.Contains("Discovery version: 0.1.0", (await containers.RunAsync(derived, [], "version")).Output, StringComparison.Ordinal);
    }
}
