using System.ComponentModel;
using System.Diagnostics;

namespace Discovery.Embedded.LocalMySql;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <summary>Exit code and all that it wrote; exit code 127 when it cannot be started.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">Its arguments; never secrets, other users can see them.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <param name="input">What it reads.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            return (127, e.Message);
        }
        using (process)
        {
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
                var error = process.StandardError.ReadToEndAsync(cancellationToken);
                await WriteAsync(process.StandardInput, input, cancellationToken);
                await process.WaitForExitAsync(cancellationToken);
                return (process.ExitCode, await output + await error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }

    private static async Task WriteAsync(StreamWriter stream, string input, CancellationToken cancellationToken)
    {
        try
        {
            await using (stream)
            {
                await stream.WriteAsync(input.AsMemory(), cancellationToken);
            }
        }
        catch (IOException)
        {
            // It ended without reading everything; its exit code says why.
        }
    }
}
