using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Images;

/// <summary>Our images, built once for all tests as <c>./discovery images --test</c> does it.</summary>
public sealed class BuiltImages : IAsyncLifetime
{
    private string? _whyNone;

    /// <summary>Skips the test where no image can be built, with the reason.</summary>
    public void Require() => Assert.SkipUnless(_whyNone is null, _whyNone ?? "");

    public async ValueTask InitializeAsync()
    {
        if (await RunAsync("docker", "version") is { ExitCode: not 0 } engine)
        {
            _whyNone = $"no Docker engine answers here: {engine.Error.Trim()}";
            return;
        }
        // Two minutes on two cores.
        var build = await RunAsync("timeout", "900", Path.Combine(SharedFolder.Root, "eng", "images.sh"), "--test");
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<ProgramResult> RunAsync(string program, params string[] arguments)
    {
        try
        {
            return await ProgramResult.RunAsync(program, SharedFolder.Root, new Dictionary<string, string>(), arguments);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return new ProgramResult(127, "", exception.Message);
        }
    }
}

/// <summary>Tests that share the images; they run one after the other.</summary>
[CollectionDefinition]
public sealed class BuiltImagesCollection : ICollectionFixture<BuiltImages>;
