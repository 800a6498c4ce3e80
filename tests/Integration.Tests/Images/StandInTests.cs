using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Images;

/// <summary>What takes the place of a missing package is part of no image that somebody could use.</summary>
public sealed class StandInTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("-p:ImageNamespace=example")]
    [InlineData("-p:ImageNamespace=discovery-test -p:ContainerRegistry=registry.example.com")]
    public async Task An_image_with_stand_ins_is_refused(string options)
    {
        var refused = await CheckAsync(options);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("No image is made on this package feed: it lacks MySqlConnector", refused.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_image_for_tests_on_this_machine_may_have_them() =>
        Assert.Equal(0, (await CheckAsync("-p:ImageNamespace=discovery-test")).ExitCode);

    private static Task<ProgramResult> CheckAsync(string options) => ProgramResult.RunAsync(
        "dotnet",
        SharedFolder.Root,
        new Dictionary<string, string>(),
        ["msbuild", "Ingestion.Worker", "-nologo", "-t:RefuseStandIns", "-p:MissingPackages=MySqlConnector", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
}
