using System.Diagnostics;
using System.Globalization;

namespace Discovery.Benchmarks;

/// <summary><c>./discovery bench mysql</c></summary>
/// <param name="root">The checkout.</param>
/// <param name="output">Gets the table.</param>
/// <param name="progress">Gets a line for each run.</param>
internal sealed class MySqlBench(string root, TextWriter output, TextWriter progress)
{
    /// <summary>Makes the fleet, runs all contenders in turn, and prints what they cost.</summary>
    /// <param name="size">The fleet.</param>
    /// <param name="rounds">How often each contender runs.</param>
    /// <param name="program">Path of the server program; null for the first one found.</param>
    /// <param name="keep">Leave the fleet for the next time.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether all figures count.</returns>
    public async Task<bool> RunAsync(FleetSize size, int rounds, string? program, bool keep, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(root, "artifacts", "bench");
        var runs = Path.Combine(folder, "runs");
        Directory.CreateDirectory(runs);
        try
        {
            return await MeasureAsync(folder, runs, size, rounds, program, cancellationToken);
        }
        finally
        {
            Directory.Delete(keep ? runs : folder, recursive: true);
        }
    }

    private async Task<bool> MeasureAsync(string folder, string runs, FleetSize size, int rounds, string? program, CancellationToken cancellationToken)
    {
        // One folder for each size of fleet, so that a fleet that was kept is the right one.
        var data = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"fleet-{size.Schemas}-{size.Tables}-{size.Columns}"));
        await using var server = await BenchServer.StartAsync(data, program, cancellationToken);
        var watch = Stopwatch.StartNew();
        await server.CreateFleetAsync(size, cancellationToken);
        await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"fleet of {size.Schemas} databases made in {watch.Elapsed.TotalSeconds:0} s on {server.Features.VersionText}"));

        var results = ContendersOn(server, size, runs).ToDictionary(contender => contender, _ => new List<Measurement>());
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var (contender, measurements) in results)
            {
                var measurement = await MeasureAsync(contender, server, cancellationToken);
                measurements.Add(measurement);
                await progress.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round}  {contender.Name,-34} {measurement.Cost.Wall.TotalSeconds,7:0.00} s  {measurement.Output.Fault ?? ""}"));
            }
        }
        return new BenchReport(size, rounds, server.Features.VersionText, results).Write(output);
    }

    private IEnumerable<Contender> ContendersOn(BenchServer server, FleetSize size, string folder)
    {
        var contenders = new Contenders(server, size, root, folder);
        var tiny = new FleetSize(1, 1, 1);
        var (tenth, quarter) = (size with { Schemas = (size.Schemas + 9) / 10 }, size with { Schemas = (size.Schemas + 3) / 4 });
        Contender?[] all =
        [
            contenders.OursToBlackhole(),
            contenders.OursToFile(BenchReport.Whole, Fleet.All, size),
            contenders.RawClient(),
            contenders.OursToFile(BenchReport.Quarter, Fleet.Quarter, quarter),
            contenders.OursToFile(BenchReport.Tiny, Fleet.Tiny, tiny),
            contenders.RealClient(BenchReport.Tiny, Fleet.Tiny, tiny),
            contenders.RealClient(BenchReport.Tenth, Fleet.Tenth, tenth),
        ];
        if (all.Contains(null))
        {
            progress.WriteLine("Left out: DataHub's client or the server's command line client is not installed here (./discovery test installs both where it can).");
        }
        return all.OfType<Contender>();
    }

    private static async Task<Measurement> MeasureAsync(Contender contender, BenchServer server, CancellationToken cancellationToken)
    {
        var (statements, processor) = (await server.StatementsAsync(cancellationToken), server.ProcessorTime());
        var cost = contender.Program.Run(cancellationToken);
        var (processorAfter, statementsAfter) = (server.ProcessorTime(), await server.StatementsAsync(cancellationToken));
        var checkedOutput = contender.Check();
        if (cost.ExitCode != 0)
        {
            var errors = File.ReadLines(contender.Program.Errors).LastOrDefault() ?? "";
            checkedOutput = checkedOutput with { Fault = $"exit code {cost.ExitCode}: {errors}" };
        }
        // The counter counts our own look at it as well.
        return new Measurement(cost, processorAfter - processor, statementsAfter - statements - 1, checkedOutput);
    }
}
