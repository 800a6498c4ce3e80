using System.Diagnostics;

namespace Discovery.AppHost.Commands;

/// <summary>Volumes of the container runtime.</summary>
internal static class ContainerVolumes
{
    // As the orchestrator finds it.
    private static readonly string Runtime = Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") is { Length: > 0 } name ? name : "docker";

    /// <summary>Removes a volume with the stopped containers that hold it; one that is not there is removed already.</summary>
    /// <exception cref="DistributedApplicationException">A container that uses it runs, or the runtime refuses.</exception>
    public static async Task RemoveAsync(string volume, CancellationToken cancellationToken)
    {
        var holders = (await RunAsync(["ps", "--all", "--quiet", "--filter", $"volume={volume}"], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (holders.Length > 0)
        {
            await RunAsync(["rm", .. holders], cancellationToken);
        }
        await RunAsync(["volume", "rm", "--force", volume], cancellationToken);
    }

    private static async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Runtime, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? await output : throw new DistributedApplicationException($"{Runtime} {string.Join(' ', arguments)}: {(await error).Trim()}");
    }
}
