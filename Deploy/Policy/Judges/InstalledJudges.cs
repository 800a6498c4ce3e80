using System.ComponentModel;
using System.Diagnostics;

namespace Discovery.Deploy.Policy.Judges;

/// <summary>Runs kubeconform and kube-score over manifests, where they are installed.</summary>
internal static class InstalledJudges
{
    // ENOENT. More files than fit on a command line are another fault.
    private const int NoSuchFile = 2;

    /// <summary>Runs the judges.</summary>
    /// <param name="files">Manifests.</param>
    /// <param name="schemas">Locations of schemas for kubeconform (<c>-schema-location</c>); none: it is not run, since its default is a host on the network.</param>
    /// <param name="cancellationToken">Ends them.</param>
    /// <returns>What each has to say, and whether it found an error.</returns>
    public static async Task<IReadOnlyList<JudgeReport>> RunAsync(IReadOnlyList<string> files, IReadOnlyList<string> schemas, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return [];
        }
        return
        [
            schemas.Count == 0
                ? new JudgeReport("kubeconform", HasFailed: false, "not run: its schemas are on the network; name a folder of them, or 'default', by --schemas")
                : await RunAsync("kubeconform", ["-strict", "-output", "text", .. schemas.SelectMany(schema => new[] { "-schema-location", schema }), .. files], cancellationToken),
            // Its test of what a NetworkPolicy selects knows no pods of charts, nor which files are one environment; our own rule does.
            await RunAsync("kube-score", ["score", "--output-format", "ci", "--ignore-test", "networkpolicy-targets-pod", .. files], cancellationToken),
        ];
    }

    private static async Task<JudgeReport> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            try
            {
                var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
                await process.WaitForExitAsync(cancellationToken);
                // kube-score prints a line of [OK] for each test that passed.
                var lines = $"{await output}\n{await errors}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith("[OK]", StringComparison.Ordinal) && !line.StartsWith("[SKIPPED]", StringComparison.Ordinal)).ToList();
                return new JudgeReport(program, process.ExitCode != 0, process.ExitCode == 0 && lines.Count == 0 ? "nothing to object to" : string.Join('\n', lines));
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Win32Exception fault)
        {
            return new JudgeReport(program, HasFailed: false, fault.NativeErrorCode == NoSuchFile ? "not run: it is not installed (not on PATH)" : $"not run: {fault.Message}");
        }
    }
}

/// <summary>What a judge said.</summary>
/// <param name="Name">The program.</param>
/// <param name="HasFailed">Whether it found an error.</param>
/// <param name="Text">Its findings, or why it was not run.</param>
internal sealed record JudgeReport(string Name, bool HasFailed, string Text);
