using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Discovery.Ingestion.Control;

/// <summary>What a run does with what it reads.</summary>
public enum RunKind
{
    /// <summary>Writes it all to the sink.</summary>
    Run,

    /// <summary>Writes nothing.</summary>
    DryRun,

    /// <summary>Writes the first records and ends.</summary>
    Preview,
}

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>Waits for a worker.</summary>
    Queued,

    /// <summary>A worker has it.</summary>
    Running,

    /// <summary>Ended without a failure, and its counts add up.</summary>
    Succeeded,

    /// <summary>Ended with a failure, or its worker was lost.</summary>
    Failed,

    /// <summary>Ended because somebody asked for it.</summary>
    Cancelled,
}

/// <summary>Why a run is there.</summary>
public enum RunTrigger
{
    /// <summary>Somebody asked for it.</summary>
    Manual,

    /// <summary>A slot of the recipe's schedule.</summary>
    Schedule,

    /// <summary>The worker of an earlier run was lost.</summary>
    Retry,
}

/// <summary>Asks for a run: the body of <c>POST /api/v1/runs</c>.</summary>
/// <param name="Recipe">Name of a recipe.</param>
/// <param name="Kind">What to do.</param>
/// <param name="PreviewRecords">How many records a preview writes, 1 to 10,000; 10 where it is not given.</param>
public sealed record RunRequest(string Recipe, RunKind Kind = RunKind.Run, int? PreviewRecords = null);

/// <summary>A run, as the API tells of it.</summary>
public sealed record RunView
{
    /// <summary>Its id, which also orders runs by the time when they were asked for.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the recipe.</summary>
    public required string Recipe { get; init; }

    /// <summary>What it does.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>Why it is there.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>Who asked for it; null where nobody did, or where nobody has to say who they are.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>The slot of the schedule, for a run that was started by it.</summary>
    public DateTimeOffset? Slot { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Queued { get; init; }

    /// <summary>When a worker began with it.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>1, and 2 for the one retry.</summary>
    public required int Attempt { get; init; }

    /// <summary>The run that this one repeats.</summary>
    public string? RetryOf { get; init; }

    /// <summary>The worker that has it, or had it.</summary>
    public string? Worker { get; init; }

    /// <summary>Whether somebody asked for its end and it has not ended yet.</summary>
    public bool IsCancelling { get; init; }

    /// <summary>Why it ended as it did, or waits again, in words for people; null where its report says all.</summary>
    public string? Reason { get; init; }

    /// <summary>How far it is or came.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>How it differs from the last complete run of the recipe; null where it was not compared.</summary>
    public DiffTotals? Diff { get; init; }
}

/// <summary>How far a run is.</summary>
/// <param name="Entities">Entities given out by the source, per type.</param>
/// <param name="Records">Records written by the sink.</param>
/// <param name="Failures">Failures so far, each kind counted once.</param>
/// <param name="Warnings">Warnings so far, each kind counted once.</param>
public sealed record RunProgress(IReadOnlyDictionary<string, long> Entities, long Records, int Failures, int Warnings);

/// <summary>Sums of a diff.</summary>
/// <param name="Against">The run that it was compared with; null where there was none before.</param>
/// <param name="Added">Tables and views that are new.</param>
/// <param name="Changed">Those that are different.</param>
/// <param name="Unseen">Those that the earlier run saw and this one did not. Nothing is removed for that.</param>
public sealed record DiffTotals(string? Against, int Added, int Changed, int Unseen);

/// <summary>A line of a run's log.</summary>
/// <param name="Number">Counts from 1 without gaps for each run, over all its attempts of being written.</param>
/// <param name="Time">When.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Text">What happened; one line, without secrets.</param>
public sealed record LogLine(long Number, DateTimeOffset Time, LogLineLevel Level, string Text)
{
    /// <summary>So many characters of a line are kept.</summary>
    public const int LongestText = 4_000;

    /// <summary>A worker sends at most so many at once.</summary>
    public const int MostAtOnce = 500;
}

/// <summary>How much a line matters.</summary>
public enum LogLineLevel
{
    /// <summary>Goes as it should.</summary>
    Info,

    /// <summary>A person should look at it.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Error,
}

/// <summary>A part of a list.</summary>
/// <param name="Items">The part.</param>
/// <param name="Next">What to send as <c>cursor</c> for the part after it; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How all of this stands in JSON: members in camel case, words of enumerations in snake case, times in RFC 3339.</summary>
public static class ControlJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Gives options these rules.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(LetNullsBeLeftOut);
    }
    // What is null is not written, so it must not be missed when it is read.
    private static void LetNullsBeLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.AssociatedParameter?.IsNullable == true))
        {
            property.IsRequired = false;
        }
    }
}
