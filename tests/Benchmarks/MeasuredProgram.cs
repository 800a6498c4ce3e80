using System.Diagnostics;
using System.Globalization;

namespace Discovery.Benchmarks;

/// <summary>What one run of a program cost.</summary>
/// <param name="ExitCode">Of the program.</param>
/// <param name="Wall">From its start to its end.</param>
/// <param name="Processor">Its own user and system time.</param>
/// <param name="PeakMemory">Greatest resident memory, in bytes.</param>
internal sealed record ProgramCost(int ExitCode, TimeSpan Wall, TimeSpan Processor, long PeakMemory);

/// <summary>A program as people start it, with files for its input and output.</summary>
/// <param name="Program">Name or path.</param>
/// <param name="Arguments">Its arguments; no secrets, other users can see them.</param>
/// <param name="Output">File for what it writes to standard output.</param>
/// <param name="Input">File that it reads.</param>
internal sealed record MeasuredProgram(string Program, IReadOnlyList<string> Arguments, string Output, string Input = "/dev/null")
{
    private const int MillisecondsBetweenLooks = 5;

    /// <summary>Variables of its environment.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>File with what the program wrote to standard error.</summary>
    public string Errors => Output + ".errors";

    /// <summary>Runs it to its end.</summary>
    public ProgramCost Run(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "input=$1 output=$2; shift 2; exec \"$@\" <\"$input\" >\"$output\" 2>\"$output.errors\"", "sh", Input, Output, Program, .. Arguments]);
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }
        var before = ProcessorMeter.OfEndedChildren();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var peak = 0L;
        // The kernel keeps the greatest value, but only as long as the process lives.
        while (!process.WaitForExit(MillisecondsBetweenLooks))
        {
            peak = Math.Max(peak, PeakMemory(process.Id));
            if (cancellationToken.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        return new ProgramCost(process.ExitCode, watch.Elapsed, ProcessorMeter.OfEndedChildren() - before, peak);
    }

    // VmHWM:	   81234 kB
    private static long PeakMemory(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line["VmHWM:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // It has just ended.
        }
    }
}
