using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Discovery.AppHost.Preflight;

/// <summary>What Docker says of itself.</summary>
/// <param name="Client">Version of the command line; null where there is none.</param>
/// <param name="Engine">Version of the engine; null where none answers.</param>
/// <param name="Memory">What containers can have in all, in bytes.</param>
/// <param name="HasBuildx">Whether the command line has the plug-in buildx.</param>
internal sealed record DockerFacts(Version? Client, Version? Engine, long Memory, bool HasBuildx)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks the command line.</summary>
    public static async Task<DockerFacts> AskAsync(CancellationToken cancellationToken) => new(
        ReadVersion(await RunAsync(["version", "--format", "{{.Client.Version}}"], cancellationToken)),
        ReadVersion(await RunAsync(["version", "--format", "{{.Server.Version}}"], cancellationToken)),
        long.TryParse(await RunAsync(["info", "--format", "{{.MemTotal}}"], cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out var memory) ? memory : 0,
        await RunAsync(["buildx", "version"], cancellationToken) is { Length: > 0 });

    // 28.2.2, 20.10.24+dfsg1, 29.0.0-rc.1
    internal static Version? ReadVersion(string? text) => Version.TryParse(text?.Split('+', '-')[0], out var version) ? version : null;

    /// <summary>What it writes, even where it fails: it knows its own version without an engine.</summary>
    private static async Task<string?> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(timer.Token);
                await process.StandardError.ReadToEndAsync(timer.Token);
                await process.WaitForExitAsync(timer.Token);
                return (await output).Trim();
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
