using System.Text;
using System.Text.Json;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Store;

/// <summary>The runs.</summary>
internal sealed class RunTable(StoreConnection connection)
{
    private const string Select = $"SELECT {RunRow.Columns} FROM runs";

    /// <summary>Puts a run into the queue and gives it its id.</summary>
    /// <param name="run">The run; its id is not used.</param>
    /// <param name="idempotencyKey">What the one who asked calls the request; null where it has no name.</param>
    public RunRow Insert(RunRow run, string? idempotencyKey = null)
    {
        var id = RunIds.After(run.Queued, connection.Text("SELECT max(id) FROM runs"));
        connection.Execute(
            """
            INSERT INTO runs (id, recipe, version, label, kind, preview_records, state, cause, requested_by, idempotency_key, slot, slot_offset, traceparent, attempt, retry_of, queued, last_line, has_log)
            VALUES (@id, @recipe, @version, @label, @kind, @preview, @state, @cause, @by, @key, @slot, @offset, @traceparent, @attempt, @retry_of, @queued, 0, 0)
            """,
            ("@id", id), ("@recipe", run.Recipe), ("@version", run.Version), ("@label", run.Label), ("@kind", Word.Of(run.Kind)), ("@preview", run.PreviewRecords),
            ("@state", Word.Of(RunState.Queued)), ("@cause", Word.Of(run.Trigger)), ("@by", run.RequestedBy), ("@key", idempotencyKey),
            ("@slot", run.Slot?.ToUnixTimeMilliseconds()), ("@offset", (int?)run.Slot?.Offset.TotalMinutes), ("@traceparent", run.Traceparent), ("@attempt", run.Attempt),
            ("@retry_of", run.RetryOf), ("@queued", run.Queued.ToUnixTimeMilliseconds()));
        return Find(id)!;
    }

    public RunRow? Find(string id) => connection.Query($"{Select} WHERE id = @id", RunRow.Read, ("@id", id)).FirstOrDefault();

    /// <summary>The run of a request that was sent before.</summary>
    public RunRow? FindByKey(string idempotencyKey) => connection.Query($"{Select} WHERE idempotency_key = @key", RunRow.Read, ("@key", idempotencyKey)).FirstOrDefault();

    /// <summary>Runs, the newest first.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="before">Only those before this id; null for all.</param>
    /// <param name="limit">At most so many.</param>
    public List<RunRow> List(RunFilter filter, string? before, int limit)
    {
        var sql = new StringBuilder(Select).Append(" WHERE 1 = 1");
        var values = new List<(string, object?)>();
        foreach (var (column, value) in (ReadOnlySpan<(string, string?)>)[("recipe", filter.Recipe), ("state", filter.State), ("kind", filter.Kind), ("cause", filter.Trigger), ("worker", filter.Worker)])
        {
            if (value is not null)
            {
                sql.Append($" AND {column} = @{column}");
                values.Add(($"@{column}", value));
            }
        }
        if (before is not null)
        {
            sql.Append(" AND id < @before");
            values.Add(("@before", before));
        }
        sql.Append(" ORDER BY id DESC LIMIT @limit");
        return connection.Query(sql.ToString(), RunRow.Read, [.. values, ("@limit", limit)]);
    }

    /// <summary>The last run of a recipe that ended, of kind run.</summary>
    public RunRow? LastEnded(string recipe) => connection.Query(
        $"{Select} WHERE recipe = @recipe AND kind = 'run' AND ended IS NOT NULL ORDER BY id DESC LIMIT 1", RunRow.Read, ("@recipe", recipe)).FirstOrDefault();

    /// <summary>The run of a recipe that runs, else the one that waits longest.</summary>
    public RunRow? Current(string recipe) => connection.Query(
        $"{Select} WHERE recipe = @recipe AND state IN ('queued', 'running') ORDER BY state DESC, id LIMIT 1", RunRow.Read, ("@recipe", recipe)).FirstOrDefault();

    /// <summary>The id of the run that repeats another one of the same recipe.</summary>
    public string? RetryOf(string recipe, string id) => connection.Text("SELECT id FROM runs WHERE recipe = @recipe AND retry_of = @id", ("@recipe", recipe), ("@id", id));

    public List<RunRow> Running() => connection.Query($"{Select} WHERE state = 'running'", RunRow.Read);

    public long CountWaiting(string recipe) => connection.Number("SELECT count(*) FROM runs WHERE recipe = @recipe AND state = 'queued'", ("@recipe", recipe)) ?? 0;

    public bool HasWaitingScheduled(string recipe) =>
        connection.Number("SELECT count(*) FROM runs WHERE recipe = @recipe AND state = 'queued' AND cause = 'schedule'", ("@recipe", recipe)) > 0;

    public bool HasSlot(string recipe, DateTimeOffset slot) =>
        connection.Number("SELECT count(*) FROM runs WHERE recipe = @recipe AND slot = @slot", ("@recipe", recipe), ("@slot", slot.ToUnixTimeMilliseconds())) > 0;

    /// <summary>The run that was claimed with a lease and still runs.</summary>
    public RunRow? RunningWith(string lease) => connection.Query($"{Select} WHERE lease = @lease AND state = 'running'", RunRow.Read, ("@lease", lease)).FirstOrDefault();

    /// <summary>The run that waits longest among those that a worker with these labels may have now.</summary>
    public RunRow? NextFor(IReadOnlyList<string> labels)
    {
        var names = labels.Select((label, index) => ($"@label{index}", (object?)label)).ToArray();
        return connection.Query(
            $"""
            {Select} AS waiting WHERE state = 'queued' AND (label IS NULL OR label IN ({string.Join(", ", names.Select(name => name.Item1))}))
            AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.running_recipe = waiting.recipe)
            ORDER BY id LIMIT 1
            """,
            RunRow.Read, names).FirstOrDefault();
    }

    public void Start(string id, string worker, string lease, DateTimeOffset now) => connection.Execute(
        "UPDATE runs SET state = 'running', running_recipe = recipe, worker = @worker, lease = @lease, started = @now, reason = NULL WHERE id = @id",
        ("@id", id), ("@worker", worker), ("@lease", lease), ("@now", now.ToUnixTimeMilliseconds()));

    /// <summary>Ends a run that waits or runs.</summary>
    /// <param name="id">Which.</param>
    /// <param name="state">How.</param>
    /// <param name="reason">Why; null where the report says all.</param>
    /// <param name="lease">The lease of the worker that ended it, by which the same request is known when it comes again; null where no worker did.</param>
    /// <param name="now">When.</param>
    public void End(string id, RunState state, string? reason, string? lease, DateTimeOffset now) => connection.Execute(
        "UPDATE runs SET state = @state, running_recipe = NULL, lease = @lease, reason = @reason, ended = @now WHERE id = @id",
        ("@id", id), ("@state", Word.Of(state)), ("@reason", reason), ("@lease", lease), ("@now", now.ToUnixTimeMilliseconds()));

    /// <summary>Lets a run that runs wait again.</summary>
    public void Requeue(string id, string reason) => connection.Execute(
        "UPDATE runs SET state = 'queued', running_recipe = NULL, lease = NULL, started = NULL, progress = NULL, reason = @reason WHERE id = @id", ("@id", id), ("@reason", reason));

    public void AskToEnd(string id, string reason) => connection.Execute("UPDATE runs SET cancel_reason = @reason WHERE id = @id", ("@id", id), ("@reason", reason));

    public void SaveProgress(string id, RunProgress progress) =>
        connection.Execute("UPDATE runs SET progress = @progress WHERE id = @id", ("@id", id), ("@progress", JsonSerializer.Serialize(progress, ControlJson.Options)));

    public void SaveDiff(string id, DiffTotals diff) =>
        connection.Execute("UPDATE runs SET diff = @diff WHERE id = @id", ("@id", id), ("@diff", JsonSerializer.Serialize(diff, ControlJson.Options)));

    public void SaveReport(string id, string report) => connection.Execute("INSERT INTO run_reports (run_id, report) VALUES (@id, @report)", ("@id", id), ("@report", report));

    public string? Report(string id) => connection.Text("SELECT report FROM run_reports WHERE run_id = @id", ("@id", id));
}

/// <summary>Which runs to list; words as in the store, null for all.</summary>
internal sealed record RunFilter(string? Recipe, string? State, string? Kind, string? Trigger, string? Worker);
