using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Discovery.AppHost.Commands;

/// <summary>Volumes of the container runtime.</summary>
internal static class ContainerVolumes
{
    /// <summary>Removes a volume; one that is not there is removed already.</summary>
    /// <exception cref="DistributedApplicationException">A container has it, or the runtime refuses.</exception>
    public static async Task RemoveAsync(IConfiguration configuration, string volume, CancellationToken cancellationToken)
    {
        var runtime = configuration["ASPIRE_CONTAINER_RUNTIME"] is { Length: > 0 } name ? name : "docker";
        using var process = Process.Start(new ProcessStartInfo(runtime, ["volume", "rm", "--force", volume]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await Task.WhenAll(output, error, process.WaitForExitAsync(cancellationToken));
        if (process.ExitCode != 0)
        {
            throw new DistributedApplicationException($"{runtime} does not remove the volume {volume}: {(await error).Trim()}");
        }
    }
}
