using System.Diagnostics;

namespace Discovery.AppHost.Commands;

/// <summary>Volumes of the container runtime.</summary>
internal static class ContainerVolumes
{
    // As the orchestrator finds it.
    private static readonly string Runtime = Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") is { Length: > 0 } name ? name : "docker";

    /// <summary>Removes a volume; one that is not there is removed already.</summary>
    /// <exception cref="DistributedApplicationException">A container has it, or the runtime refuses.</exception>
    public static async Task RemoveAsync(string volume, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Runtime, ["volume", "rm", "--force", volume]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await Task.WhenAll(output, error, process.WaitForExitAsync(cancellationToken));
        if (process.ExitCode != 0)
        {
            throw new DistributedApplicationException($"{Runtime} does not remove the volume {volume}: {(await error).Trim()}");
        }
    }
}
