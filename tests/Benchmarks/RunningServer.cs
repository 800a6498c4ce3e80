using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Discovery.Benchmarks;

/// <summary>A server of ours that was started as people start it, on a port that the system chose.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private readonly Process _process;

    private RunningServer(Process process, Uri address, TimeSpan start)
    {
        _process = process;
        Start = start;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>From the start of the program to its first healthy answer.</summary>
    public TimeSpan Start { get; }

    /// <summary>Greatest resident memory so far, in bytes.</summary>
    public long PeakMemory => Status("VmHWM:");

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory => Status("VmRSS:");

    /// <param name="root">The checkout.</param>
    /// <param name="project">Whose program it is.</param>
    /// <param name="arguments">Its arguments, without its address.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    public static async Task<RunningServer> StartAsync(string root, string project, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var program = Path.Combine(root, "artifacts", "bin", project, "release", $"Discovery.{project}.dll");
        var watch = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true })!;
        // The catalog is at http://127.0.0.1:40213. Ctrl-C ends it.
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The server did not start.");
        var address = new Uri(AddressPattern().Match(line).Value);
        using var probe = new HttpClient();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using var answer = await probe.GetAsync(new Uri(address, "/health"), cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return new RunningServer(process, address, watch.Elapsed);
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // It does not listen yet.
            }
            await Task.Delay(5, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using (var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
        }
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://[\d.:]*\d")]
    private static partial Regex AddressPattern();

    // VmHWM:	   81234 kB
    private long Status(string member)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(member, StringComparison.Ordinal));
        return 1024 * long.Parse(line[member.Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture);
    }
}
