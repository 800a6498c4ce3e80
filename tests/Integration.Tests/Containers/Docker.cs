using Discovery.Embedded.LocalMySql;

namespace Discovery.Integration.Tests.Containers;

/// <summary>The Docker engine of this machine, by its command line.</summary>
internal static class Docker
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The image that stands for a public one: itself where the engine has it, else the one that eng/test-images builds; null with the reason for neither.</summary>
    /// <param name="image">Such as <c>mysql:9.7</c>.</param>
    public static async Task<(string? Image, string Reason)> FindAsync(string image)
    {
        if (!await DockerServer.IsReachableAsync(Cancelled))
        {
            return (null, "no Docker engine of this machine answers");
        }
        foreach (var candidate in new[] { image, $"discovery-test/{image}" })
        {
            if ((await Command.RunAsync("docker", ["image", "inspect", candidate], Cancelled)).ExitCode == 0)
            {
                return (candidate, "");
            }
        }
        return (null, $"the Docker engine has neither the image {image} nor discovery-test/{image} (eng/test-images/get.sh {image})");
    }

    /// <summary>See <see cref="FindAsync"/>; skips the test for neither.</summary>
    public static async Task<string> RequireAsync(string image)
    {
        var (found, reason) = await FindAsync(image);
        Assert.SkipWhen(found is null, reason);
        return found;
    }

    /// <summary>Runs a command and gives its output, errors included; a command that fails fails the test.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output) = await Command.RunAsync("docker", arguments, Cancelled);
        Assert.True(exitCode == 0, $"docker {arguments[0]} ended with {exitCode}: {output}");
        return output.Trim();
    }
}
