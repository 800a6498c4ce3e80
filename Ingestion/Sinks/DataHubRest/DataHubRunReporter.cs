using System.Buffers;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>
/// Shows the run in DataHub, among its ingestion sources, as DataHub's own client does: a source with the recipe, an
/// execution request when the run starts, its result when it ends. Recipe and report carry no secrets.
/// </summary>
/// <remarks>A reporter never fails a run: what goes wrong becomes a warning in the sink's report.</remarks>
internal sealed class DataHubRunReporter : IDisposable
{
    /// <summary>Longest report text in characters; a server refuses requests beyond some megabytes.</summary>
    public const int LongestReport = 800_000;

    private const string ExecutorId = "__datahub_cli_";
    private const string ExecutionRequestPrefix = "urn:li:dataHubExecutionRequest:";

    private readonly RunContext _context;
    private readonly string _recipe;
    private readonly string _type;
    private readonly string? _instance;
    private readonly DataHubRestClient _client;
    private readonly ILogger _logger;
    private readonly DateTimeOffset _start;
    private readonly bool _startedByExecutor;
    private readonly string _executionUrn;

    private DataHubRunReporter(Recipe recipe, DataHubRestConfig config, RunContext context)
    {
        _context = context;
        _type = recipe.Source.Name;
        _instance = PlatformInstance(recipe.SourceConfig);
        // Counts of its own: its records are not the source's.
        _client = new DataHubRestClient(config, new RunContext { RunId = context.RunId, Time = context.Time, Secrets = context.Secrets, Confinement = context.Confinement, Loggers = context.Loggers }, DataHubRestSink.Jitter);
        // After the client, which makes the token known.
        _recipe = context.Secrets.MaskJson(recipe.RedactedJson);
        _logger = context.Loggers.CreateLogger<DataHubRunReporter>();
        _start = context.Time.GetUtcNow();
        _startedByExecutor = context.RunId.StartsWith(ExecutionRequestPrefix, StringComparison.Ordinal);
        _executionUrn = _startedByExecutor ? context.RunId : ExecutionRequestPrefix + context.RunId;
    }

    /// <summary>The reporter for a run; null when its records do not go to a DataHub server.</summary>
    public static DataHubRunReporter? For(Recipe recipe, RunContext context, bool dryRun) =>
        !dryRun && recipe.SinkConfig is DataHubRestConfig config ? new DataHubRunReporter(recipe, config, context) : null;

    /// <summary>The urn under which all runs of one pipeline are shown: md5 of the members that are set, as DataHub hashes them.</summary>
    public static string SourceUrn(string type, string? pipelineName, string? platformInstance)
    {
        // {"pipeline_name":"nightly","platform_instance":"eu1","type":"mysql"}
        var json = new Utf8Buffer(256);
        json.Append("{"u8);
        foreach (var (name, value) in new[] { ("pipeline_name", pipelineName), ("platform_instance", platformInstance) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                AsciiJson.WriteString(name, json);
                json.Append(":"u8);
                AsciiJson.WriteString(value, json);
                json.Append(","u8);
            }
        }
        json.Append("\"type\":"u8);
        AsciiJson.WriteString(type, json);
        json.Append("}"u8);
        return "urn:li:dataHubIngestionSource:cli-" + Md5(json.Written);
    }

    /// <summary>Whether the sink could be opened; a server that cannot be reached is not asked again for the sake of the report.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>The run starts; the sink is open.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        IsStarted = true;
        return _startedByExecutor ? Task.CompletedTask : ReportAsync(
            async () =>
            {
                var source = SourceUrn(_type, _context.PipelineName, _instance);
                await SendAsync("dataHubIngestionSource", source, "dataHubIngestionSourceInfo", WriteSource, cancellationToken);
                await SendAsync("dataHubExecutionRequest", _executionUrn, "dataHubExecutionRequestInput", json => WriteInput(json, source), cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>The run has ended; the sink has settled everything.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="reportJson">The run's report as JSON text.</param>
    /// <param name="reportText">What people read below it: the summary, the last lines of the log.</param>
    /// <param name="cancellationToken">Gives up reporting; not the one whose cancellation ended the run.</param>
    public Task FinishAsync(RunStatus outcome, string reportJson, string reportText, CancellationToken cancellationToken) => ReportAsync(
        () => SendAsync("dataHubExecutionRequest", _executionUrn, "dataHubExecutionRequestResult", json => WriteResult(json, outcome, reportJson, reportText), cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task ReportAsync(Func<Task> send, CancellationToken cancellationToken)
    {
        string reason;
        try
        {
            await send();
            return;
        }
        catch (SinkException e)
        {
            reason = e.Message;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            reason = "interrupted";
        }
        DataHubRestLog.RunNotReported(_logger, reason);
        _context.SinkReport.Warning("Run not shown in DataHub", reason, _executionUrn);
    }

    private async Task SendAsync(string entityType, string urn, string aspectName, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var aspect = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(aspect))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        var body = new Utf8Buffer((2 * aspect.WrittenCount) + 1024);
        new RecordWriter(_context.Time).WriteProposal(new MetadataChangeProposal(entityType, urn, aspectName, aspect.WrittenMemory), body);
        var answer = await _client.SendAsync(new RestRequest(Routes.SyncProposal, body.WrittenMemory), cancellationToken);
        if (!answer.Accepted)
        {
            throw new SinkException($"{aspectName}: the server answered {(int)answer.Status}, {answer.Message(_context.Secrets)}");
        }
    }

    private void WriteSource(Utf8JsonWriter json)
    {
        var name = $"[CLI] {_type}"
            + (string.IsNullOrEmpty(_instance) ? "" : $" ({_instance})")
            + (string.IsNullOrEmpty(_context.PipelineName) ? "" : $" [{_context.PipelineName}]");
        json.WriteString("name", name);
        json.WriteString("type", _type);
        json.WriteString("platform", "urn:li:dataPlatform:unknown");
        json.WriteStartObject("config");
        json.WriteString("recipe", _recipe);
        json.WriteString("version", ClientIdentity.Version);
        json.WriteString("executorId", ExecutorId);
        json.WriteEndObject();
    }

    private void WriteInput(Utf8JsonWriter json, string sourceUrn)
    {
        json.WriteString("task", "CLI Ingestion");
        json.WriteStartObject("args");
        json.WriteString("recipe", _recipe);
        json.WriteString("version", ClientIdentity.Version);
        json.WriteEndObject();
        json.WriteString("executorId", ExecutorId);
        json.WriteStartObject("source");
        json.WriteString("type", "CLI_INGESTION_SOURCE");
        json.WriteString("ingestionSource", sourceUrn);
        json.WriteEndObject();
        json.WriteNumber("requestedAt", _context.Time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private void WriteResult(Utf8JsonWriter json, RunStatus outcome, string reportJson, string reportText)
    {
        var structured = _context.Secrets.MaskJson(reportJson);
        var text = $"~~~~ Ingestion Report ~~~~\n{structured}\n\n~~~~ Ingestion Logs ~~~~\n{_context.Secrets.Mask(reportText)}";
        json.WriteString("status", outcome.ToString().ToUpperInvariant());
        json.WriteString("report", text.Length <= LongestReport ? text : text[^LongestReport..]);
        json.WriteStartObject("structuredReport");
        json.WriteString("type", "CLI_INGEST");
        json.WriteString("serializedValue", structured);
        json.WriteString("contentType", MetadataChangeProposal.Json);
        json.WriteEndObject();
        json.WriteNumber("startTimeMs", _start.ToUnixTimeMilliseconds());
        json.WriteNumber("durationMs", (long)(_context.Time.GetUtcNow() - _start).TotalMilliseconds);
    }

    private static string? PlatformInstance(object sourceConfig) => sourceConfig.GetType().GetProperties()
        .FirstOrDefault(property => property.GetCustomAttribute<SettingAttribute>()?.Name == "platform_instance")
        ?.GetValue(sourceConfig) as string;

    // DataHub names the source after an md5; it guards nothing.
#pragma warning disable CA5351
    private static string Md5(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(MD5.HashData(text));
#pragma warning restore CA5351
}
