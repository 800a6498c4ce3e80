using System.Globalization;

namespace Discovery.Benchmarks;

/// <summary>Medians and ratios as tables in Markdown. A figure whose run did not write what it had to is void.</summary>
internal sealed class BenchReport(FleetSize size, int rounds, string server, IReadOnlyDictionary<Contender, List<Measurement>> results)
{
    /// <summary>Parts of the fleet, as contenders are named.</summary>
    public const string Whole = "all", Quarter = "a quarter", Tenth = "a tenth", Tiny = "one table";

    private const int RealClientPart = 10;

    /// <summary>Writes the tables.</summary>
    /// <returns>Whether no figure is void.</returns>
    public bool Write(TextWriter output)
    {
        Line(output, $"{size.Schemas} databases x {size.Tables} tables x {size.Columns} columns on {server}, medians of {rounds} rounds in turn, {Environment.ProcessorCount} processors");
        Line(output, $"");
        Line(output, $"| | wall s | its CPU s | server CPU s | peak MB | statements | records or rows | MB out |");
        Line(output, $"| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (contender, runs) in results)
        {
            var fault = runs.Select(run => run.Output.Fault).FirstOrDefault(fault => fault is not null);
            if (fault is not null)
            {
                Line(output, $"| {contender.Name} | void: {fault} | | | | | | |");
                continue;
            }
            Line(output, $"| {contender.Name} | {Median(runs, Wall):0.00} | {Median(runs, run => run.Cost.Processor.TotalSeconds):0.00} | {Median(runs, run => run.ServerProcessor.TotalSeconds):0.00} | {Median(runs, Peak):0} | {Median(runs, run => run.Statements):0} | {Median(runs, run => run.Output.Records):0} | {Median(runs, run => run.Output.Bytes / 1e6):0.0} |");
        }
        Line(output, $"");
        Line(output, $"| ratio | |");
        Line(output, $"| --- | ---: |");
        foreach (var (name, value) in Ratios())
        {
            Line(output, $"| {name} | {value:0.00} |");
        }
        return results.Values.SelectMany(runs => runs).All(run => run.Output.Fault is null);
    }

    private IEnumerable<(string Name, double Value)> Ratios()
    {
        var (file, blackhole, raw) = (Runs($"Discovery, {Whole}, file"), Runs("Discovery, blackhole"), Runs("client, same statements"));
        var (quarter, tiny) = (Runs($"Discovery, {Quarter}, file"), Runs($"Discovery, {Tiny}, file"));
        var (realTenth, realTiny) = (Runs($"DataHub's client, {Tenth}, file"), Runs($"DataHub's client, {Tiny}, file"));
        if (file.Count > 0 && realTenth.Count > 0 && realTiny.Count > 0)
        {
            var real = RealClientPart * (Median(realTenth, Wall) - Median(realTiny, Wall));
            yield return ($"DataHub's client, {RealClientPart} x ({Tenth} - its start-up) / Discovery, file", real / Median(file, Wall));
            yield return ("the same / Discovery, blackhole", real / Median(blackhole, Wall));
            yield return ("the same, start-up of Discovery taken off too / Discovery, file", real / (Median(file, Wall) - Median(tiny, Wall)));
        }
        if (file.Count > 0 && raw.Count > 0)
        {
            yield return ("Discovery, file / raw dump", Median(file, Wall) / Median(raw, Wall));
            yield return ("Discovery, blackhole / raw dump", Median(blackhole, Wall) / Median(raw, Wall));
        }
        if (file.Count > 0 && quarter.Count > 0)
        {
            yield return ("peak memory of all / of a quarter of the databases", Median(file, Peak) / Median(quarter, Peak));
        }
        if (tiny.Count > 0 && realTiny.Count > 0)
        {
            yield return ("cold start on one table, Discovery / DataHub's client", Median(tiny, Wall) / Median(realTiny, Wall));
        }
    }

    /// <summary>Runs of a contender; none where one of them is void.</summary>
    private List<Measurement> Runs(string name)
    {
        var runs = results.FirstOrDefault(result => result.Key.Name.EndsWith(name, StringComparison.Ordinal)).Value ?? [];
        return runs.All(run => run.Output.Fault is null) ? runs : [];
    }

    private static double Wall(Measurement run) => run.Cost.Wall.TotalSeconds;

    private static double Peak(Measurement run) => run.Cost.PeakMemory / 1e6;

    private static double Median(List<Measurement> runs, Func<Measurement, double> figure)
    {
        var ordered = runs.Select(figure).Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
