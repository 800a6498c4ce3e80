using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sinks.DataHubRest;
using Discovery.Metadata;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Pipeline;

/// <summary>Runs one recipe: source, then sink, with one report.</summary>
public static class IngestionRun
{
    /// <summary>Runs <paramref name="recipe"/> to its end. Faults are failures in the report, defects of ours too, so that a run always ends with one.</summary>
    /// <param name="recipe">What to run.</param>
    /// <param name="options">How.</param>
    /// <param name="loggers">Makes loggers; what is written through them has to be masked by <paramref name="secrets"/>.</param>
    /// <param name="secrets">The secrets of the recipe.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Interrupts the run: it ends as <see cref="RunStatus.Cancelled"/> and leaves no output under the final name.</param>
    public static async Task<RunReport> ExecuteAsync(
        Recipe recipe, RunOptions options, ILoggerFactory loggers, SecretMasker secrets, TimeProvider time, CancellationToken cancellationToken)
    {
        var context = new RunContext
        {
            RunId = recipe.RunId ?? RunIds.New(recipe.Source.Name, time),
            PipelineName = recipe.PipelineName,
            Flags = recipe.Flags,
            Time = time,
            Secrets = secrets,
            Confinement = options.Confinement,
            Loggers = loggers,
        };
        var report = new RunReport(context.RunId, recipe.PipelineName, recipe.Source.Name, recipe.Sink.Name, context.SourceReport, context.SinkReport)
        {
            Started = time.GetUtcNow(),
            DryRun = options.DryRun,
            PreviewRecords = options.PreviewRecords,
        };
        options.Begin?.Invoke(report);
        using var activity = IngestionTelemetry.Run(report);
        var watch = time.GetTimestamp();
        using var reporter = options.TellDataHub ? DataHubRunReporter.For(recipe, context, options.DryRun) : null;
        try
        {
            await using var source = recipe.Source.Create(recipe.SourceConfig, context);
            await using var refused = options.DryRun ? null : await FailureLog.OpenAsync(recipe, context, cancellationToken);
            await using var sink = recipe.Sink.Create(recipe.SinkConfig, context);
            try
            {
                await TransferAsync(source, sink, reporter, context, report, options, cancellationToken);
            }
            finally
            {
                // Most of all when the sink gave up.
                await (refused?.CompleteAsync() ?? Task.CompletedTask);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            report.Status = RunStatus.Cancelled;
        }
        catch (SinkException exception)
        {
            context.SinkReport.Failure("The sink cannot go on", secrets.Mask(exception.Message));
        }
        catch (Exception exception)
        {
            report.Failure("The run ended in a way that is not foreseen", $"This is a defect; please report it. {exception.GetType().Name}: {secrets.Mask(exception.Message)}");
            IngestionRunLog.Unforeseen(loggers.CreateLogger(typeof(IngestionRun)), secrets.Mask(exception.ToString()));
        }
        report.Duration = time.GetElapsedTime(watch);
        Judge(report);
        IngestionTelemetry.Ended(activity, report);
        if (reporter is { IsStarted: true } && !options.Abandoned.IsCancellationRequested)
        {
            // Of an interrupted run too, but then nobody waits long.
            using var patience = report.Status == RunStatus.Cancelled
                ? new CancellationTokenSource(TimeSpan.FromSeconds(5), time)
                : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await reporter.FinishAsync(report.Status, RunReportJson.Render(report), RunReportText.Render(report), patience.Token);
        }
        return report;
    }

    private static async Task TransferAsync(
        ISource source, ISink sink, DataHubRunReporter? reporter, RunContext context, RunReport report, RunOptions options, CancellationToken cancellationToken)
    {
        await sink.OpenAsync(cancellationToken);
        if (reporter is not null)
        {
            await reporter.StartAsync(cancellationToken);
        }
        var completed = false;
        try
        {
            await foreach (var unit in Limited(source.ReadAsync(cancellationToken), options.PreviewRecords).WithCancellation(cancellationToken))
            {
                Stamp(unit, context);
                Count(unit, report);
                if (options.Observe is { } observe)
                {
                    await observe(unit, cancellationToken);
                }
                if (!options.DryRun)
                {
                    await sink.WriteAsync(unit, cancellationToken);
                }
                options.Progress?.Invoke(report);
            }
            completed = !LostMost(report) && !options.DryRun;
        }
        catch (SourceException exception)
        {
            // Told at once: the sink may find a fault of its own while it ends.
            context.SourceReport.Failure("The source cannot go on", context.Secrets.Mask(exception.Message));
        }
        await sink.CompleteAsync(completed, cancellationToken);
    }

    /// <summary>
    /// Whether a run lost more than it read, which is not one with a few warnings; says so. Lineage does not count: the
    /// entities themselves are there, and the one view of a server whose text is not understood would cost all of them.
    /// </summary>
    private static bool LostMost(RunReport report)
    {
        var lost = report.Source.FailedCounts.EntityTypes.Where(type => type != WorkUnit.Lineage && report.Source.FailedCounts[type] > report.Emitted[type]).ToList();
        foreach (var type in lost)
        {
            report.Failure(
                "More was lost than read", "Look at the warnings and at the rights of the account. An earlier output was left as it was.",
                $"{type}: {report.Source.FailedCounts[type]} failed, {report.Emitted[type]} emitted");
        }
        return lost.Count > 0;
    }

    /// <summary>The first records of a stream; the last work unit is cut where the number is reached.</summary>
    private static async IAsyncEnumerable<WorkUnit> Limited(IAsyncEnumerable<WorkUnit> units, int? records)
    {
        var left = records ?? int.MaxValue;
        if (left <= 0)
        {
            yield break;
        }
        await foreach (var unit in units)
        {
            if (records is null)
            {
                yield return unit;
                continue;
            }
            yield return unit.Records.Count <= left ? unit : unit with { Records = [.. unit.Records.Take(left)] };
            left -= unit.Records.Count;
            if (left <= 0)
            {
                yield break;
            }
        }
    }

    private static void Stamp(WorkUnit unit, RunContext context)
    {
        if (!context.Flags.SetSystemMetadata)
        {
            return;
        }
        var pipelineName = context.Flags.SetSystemMetadataPipelineName ? context.PipelineName : null;
        var stamp = new SystemMetadata(context.Time.GetUtcNow().ToUnixTimeMilliseconds(), context.RunId, pipelineName);
        foreach (var record in unit.Records)
        {
            record.SystemMetadata = stamp;
        }
    }

    private static void Count(WorkUnit unit, RunReport report)
    {
        report.Emitted.Add(unit.EntityType);
        report.EmittedRecords += unit.Records.Count;
        foreach (var record in unit.Records)
        {
            foreach (var aspect in record.AspectNames)
            {
                report.Aspects.Add(record.EntityType, aspect);
            }
        }
    }

    private static void Judge(RunReport report)
    {
        if (report.Status == RunStatus.Cancelled)
        {
            return;
        }
        if (!report.AllFailures.Any())
        {
            if (report.Emitted.Total == 0)
            {
                report.Warning("No metadata was produced by the source", "Look at the filters and the rights of the account.");
            }
            foreach (var imbalance in report.Imbalances())
            {
                report.Failure("The counts do not add up", "Something was lost without a word; this is a defect.", imbalance);
            }
        }
        report.Status = report.AllFailures.Any() ? RunStatus.Failure : RunStatus.Success;
    }
}
