using System.Diagnostics;
using System.Text;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Worker.Commands;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>One claimed run, from its first beat to its last word.</summary>
internal sealed class Execution(RunnerOptions options, WorkerClient client, ClaimedRun run, string leaseId, ILogger logger)
{
    private const int PreviewRecords = 10;

    private static readonly ActivitySource Activities = new("Discovery.Worker");

    private readonly SecretMasker _secrets = new();
    private readonly Confinement _confinement = new(options.FileRoot);

    /// <summary>Executes the run. A defect ends it, and nothing else.</summary>
    /// <param name="stopping">Cancelled when the worker is to end.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        RunnerLog.RunBegins(logger, run.RunId, run.Recipe);
        _ = ActivityContext.TryParse(run.Traceparent, null, isRemote: true, out var parent);
        using var activity = Activities.StartActivity("run", ActivityKind.Consumer, parent, [new("discovery.run.id", run.RunId), new("discovery.recipe", run.Recipe), new("discovery.worker", options.Name)]);
        try
        {
            await ExecuteAsync(stopping);
        }
        catch (Exception e)
        {
            RunnerLog.Defect(logger, run.RunId, _secrets.Mask(e.ToString()));
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
        }
    }

    private async Task ExecuteAsync(CancellationToken stopping)
    {
        var log = new RunLog(run.NextLogLine, _secrets, options.Time);
        var watch = new ReportWatch(log, options.Time);
        using var stop = new RunStop();
        using var lease = new Lease(TimeSpan.FromSeconds(run.LeaseSeconds), options.Time, over: () => OutOfReach(stop));
        using var grace = new GraceTime(options.Grace, options.Time, stopping);
        using var handBack = grace.Over.Register(() => stop.Ask(StopKind.HandBack, $"Worker {options.Name} was told to end before the run was done"));
        using var ended = new CancellationTokenSource();
        var heartbeat = new Heartbeat(client, run, leaseId, log, watch, lease, stop, options.Time, logger);
        var beats = heartbeat.RunAsync(ended.Token);
        try
        {
            log.Add(LogLineLevel.Info, $"Worker {options.Name} (Discovery {VersionCommand.Text}) has {run.FileName}{(run.Kind switch { RunKind.DryRun => ", a dry run", RunKind.Preview => ", a preview", _ => "" })}");
            var outcome = RunOutcome.Stopped;
            await heartbeat.First.WaitAsync(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.Token.IsCancellationRequested)
            {
                // Not on this thread: a source may work for long before it waits for something.
                var engine = Task.Run(() => RunRecipeAsync(log, watch, lease, stop), CancellationToken.None);
                await Task.WhenAny(engine, UntilAsync(grace.GiveUp));
                if (!engine.IsCompleted)
                {
                    RunnerLog.RunDoesNotEnd(logger, run.RunId);
                    return;
                }
                outcome = await engine;
            }
            await new RunEnd(options, client, run, leaseId, log, logger).TellAsync(outcome, stop, grace.GiveUp);
        }
        finally
        {
            await ended.CancelAsync();
            await beats;
        }
    }

    private async Task<RunOutcome> RunRecipeAsync(RunLog log, ReportWatch watch, Lease lease, RunStop stop)
    {
        try
        {
            using var loaded = Load();
            foreach (var problem in loaded.Problems)
            {
                log.Add(problem.IsWarning ? LogLineLevel.Warning : LogLineLevel.Error, problem.ToString());
            }
            if (loaded.Recipe is not { } recipe)
            {
                var errors = loaded.Errors.Select(error => error.ToString()).ToList();
                return RunOutcome.NotRun($"The recipe cannot run on worker {options.Name}: {errors[0]}{(errors.Count > 1 ? $" (and {errors.Count - 1} more errors)" : "")}");
            }
            var upload = run.Kind == RunKind.Preview ? null : new StructureUpload(client, run.RunId, leaseId, log, stop.Token);
            var report = await IngestionRun.ExecuteAsync(recipe, new RunOptions
            {
                DryRun = run.Kind == RunKind.DryRun,
                PreviewRecords = run.Kind == RunKind.Preview ? run.PreviewRecords ?? PreviewRecords : null,
                TellDataHub = run.Kind == RunKind.Run,
                Confinement = _confinement,
                Abandoned = stop.Abandoned,
                Begin = watch.See,
                Observe = async (unit, token) =>
                {
                    // The timer of the lease does not fire while the process stands still.
                    if (lease.IsOver)
                    {
                        OutOfReach(stop);
                    }
                    stop.Token.ThrowIfCancellationRequested();
                    await (upload?.AddAsync(unit, token) ?? ValueTask.CompletedTask);
                },
            }, new RunLogLoggers(log), _secrets, options.Time, stop.Token);
            watch.End(report);
            if (!stop.Abandoned.IsCancellationRequested)
            {
                await WriteReportsAsync(recipe, report, log);
            }
            return new RunOutcome(report, _secrets.MaskJson(RunReportJson.Render(report)), upload is null ? null : await upload.CompleteAsync(stop.Token), null);
        }
        catch (Exception e)
        {
            RunnerLog.Defect(logger, run.RunId, _secrets.Mask(e.ToString()));
            return RunOutcome.NotRun($"A defect of the worker ended the run; please report it. {e.GetType().Name}: {_secrets.Mask(e.Message)}");
        }
    }

    private LoadedRecipe Load() =>
        new RecipeLoader { Secrets = _secrets, Environment = options.Environment, Sources = options.Sources, Sinks = options.Sinks, Confinement = _confinement }
            .Load(run.FileName, Encoding.UTF8.GetBytes(run.Text), RecipeFile.FormatOf(run.FileName) ?? RecipeFormat.Yaml);

    private async Task WriteReportsAsync(Recipe recipe, RunReport report, RunLog log)
    {
        foreach (var (fileName, required) in recipe.ReportFiles)
        {
            try
            {
                await File.WriteAllTextAsync(fileName, _secrets.MaskJson(RunReportJson.Render(report)) + "\n");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                log.Add(required ? LogLineLevel.Error : LogLineLevel.Warning, $"The report could not be written to {fileName}: {e.Message}");
                if (required)
                {
                    report.Failure("The report could not be written", "It is required by the recipe.", fileName);
                    report.Status = report.Status == RunStatus.Success ? RunStatus.Failure : report.Status;
                }
            }
        }
    }

    private void OutOfReach(RunStop stop) =>
        stop.Ask(StopKind.OutOfReach, $"Worker {options.Name} could not reach the API for as long as its lease of {run.LeaseSeconds:0.#} s lasts, and stopped writing");

    private static Task UntilAsync(CancellationToken token) => Task.Delay(Timeout.InfiniteTimeSpan, token);
}
