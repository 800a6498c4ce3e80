using System.CommandLine;
using System.Text.Json;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Worker.Terminal;
using Discovery.Terminal;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary><c>ingest -c recipe.yml</c>, also as <c>ingest run</c>.</summary>
internal sealed class IngestCommand
{
    private readonly Option<string[]> _config = Options.Config();
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Read everything, write nothing." };
    private readonly Option<bool> _preview = new("--preview") { Description = "Read and write only the first records." };
    private readonly Option<int> _previewRecords = new("--preview-workunits")
    {
        Description = "How many records --preview writes.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };
    private readonly Option<bool> _strict = new("--strict-warnings") { Description = "Exit with 1 also when there are only warnings." };
    private readonly Option<bool> _noStrict = new("--no-strict-warnings") { Description = "Warnings alone exit with 0 (the default)." };
    private readonly Option<bool> _test = new("--test-source-connection") { Description = "Only try the connection of the source and say as JSON how it went." };
    private readonly Option<string> _reportTo = new("--report-to")
    {
        Description = "File that gets the report of the run as JSON; 'datahub' tells DataHub of the run when the sink is one.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "datahub",
    };
    private readonly Option<bool> _noDefaultReport = new("--no-default-report") { Description = "Do not tell DataHub of the run." };
    private readonly Option<bool> _noProgress = new("--no-progress") { Description = "Print no progress while the run goes on." };
    private readonly Option<bool> _noSpinner = new("--no-spinner") { Description = "Print progress as plain lines." };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var ingest = new IngestCommand().Build(new Command("ingest", "Run a recipe: read its source and write to its sink."));
        ingest.Subcommands.Add(new IngestCommand().Build(new Command("run", "Run a recipe (the same as ingest alone).")));
        return ingest;
    }

    private Command Build(Command command)
    {
        foreach (var option in (Option[])[_config, _dryRun, _preview, _previewRecords, _strict, _noStrict, _test, _reportTo, _noDefaultReport, _noProgress, _noSpinner])
        {
            command.Options.Add(option);
        }
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var secrets = new SecretMasker();
        using var loaded = RecipeProblems.LoadAndPrint(parsed.GetValue(_config)![^1], secrets);
        if (loaded.Recipe is not { } recipe)
        {
            return ExitCodes.Failure;
        }
        using var loggers = new MaskedLoggerFactory(Console.Error, secrets, parsed.GetValue(Options.Debug) ? LogLevel.Debug : LogLevel.Warning);
        if (parsed.GetValue(_test))
        {
            return await TestConnectionAsync(recipe, loggers, secrets, parsed.GetValue(_reportTo)!, cancellationToken);
        }
        var live = !Console.IsErrorRedirected && !parsed.GetValue(_noSpinner);
        var progress = parsed.GetValue(_noProgress) ? null : new ProgressLine(Console.Error, live, TimeProvider.System);
        var report = await IngestionRun.ExecuteAsync(recipe, new RunOptions
        {
            DryRun = parsed.GetValue(_dryRun),
            PreviewRecords = parsed.GetValue(_preview) ? parsed.GetValue(_previewRecords) : null,
            TellDataHub = !parsed.GetValue(_noDefaultReport) && parsed.GetValue(_reportTo) == "datahub",
            Progress = progress is null ? null : progress.Show,
        }, loggers, secrets, TimeProvider.System, cancellationToken);
        progress?.End();
        var written = await WriteReportsAsync(report, recipe, parsed.GetValue(_reportTo)!, secrets);
        Console.Out.Write(secrets.Mask(RunReportText.Render(report)));
        var strict = parsed.GetValue(_strict) && !parsed.GetValue(_noStrict);
        return report.Status == RunStatus.Success && written && !(strict && report.AllWarnings.Any()) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async Task<bool> WriteReportsAsync(RunReport report, Recipe recipe, string reportTo, SecretMasker secrets)
    {
        var good = true;
        var json = new Lazy<string>(() => secrets.MaskJson(RunReportJson.Render(report)) + "\n");
        IEnumerable<(string FileName, bool Required)> asked = reportTo == "datahub" ? [] : [(reportTo, true)];
        foreach (var (fileName, required) in asked.Concat(recipe.ReportFiles))
        {
            good &= await TryWriteAsync(fileName, json.Value) || !required;
        }
        return good;
    }

    private static async Task<bool> TryWriteAsync(string fileName, string json)
    {
        try
        {
            await File.WriteAllTextAsync(fileName, json);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"The report could not be written to {fileName}: {exception.Message}");
            return false;
        }
    }

    // Exits with 0 also when the answer is no, as DataHub's client does: the answer is the JSON.
    private static async Task<int> TestConnectionAsync(
        Recipe recipe, ILoggerFactory loggers, SecretMasker secrets, string reportTo, CancellationToken cancellationToken)
    {
        string? fault = null;
        try
        {
            var context = new RunContext { RunId = "test-connection", Secrets = secrets, Loggers = loggers };
            await using var source = recipe.Source.Create(recipe.SourceConfig, context);
            await source.TestConnectionAsync(cancellationToken);
        }
        catch (SourceException exception)
        {
            fault = secrets.Mask(exception.Message);
        }
        var connectivity = new Dictionary<string, object> { ["capable"] = fault is null };
        if (fault is not null)
        {
            connectivity["failure_reason"] = fault;
        }
        var json = JsonSerializer.Serialize(new Dictionary<string, object> { ["basic_connectivity"] = connectivity });
        Console.WriteLine(json);
        return reportTo == "datahub" || await TryWriteAsync(reportTo, json) ? ExitCodes.Success : ExitCodes.Failure;
    }
}
