namespace Discovery.Ingestion.Control;

/// <summary>A recipe that the API holds.</summary>
public sealed record RecipeView
{
    /// <summary>Its name: that of its file, without the extension.</summary>
    public required string Name { get; init; }

    /// <summary><c>deployment.name</c>, for people; null where it is not given.</summary>
    public string? Title { get; init; }

    /// <summary>The source type.</summary>
    public string? Source { get; init; }

    /// <summary>The sink type.</summary>
    public string? Sink { get; init; }

    /// <summary>The label that a worker must have to get its runs (<c>deployment.executor_id</c>).</summary>
    public string? Label { get; init; }

    /// <summary>When it runs by itself; null for never.</summary>
    public ScheduleView? Schedule { get; init; }

    /// <summary>Whether the file can be run as it is now. Where it cannot and <see cref="Version"/> is there, the last good version runs.</summary>
    public required bool IsGood { get; init; }

    /// <summary>Errors and warnings of the file, as <c>recipe check</c> prints them.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Hash of the version that runs; null where there never was a good one.</summary>
    public string? Version { get; init; }

    /// <summary>The version that runs, variables unresolved and secrets left out, as one line of JSON.</summary>
    public string? Content { get; init; }

    /// <summary>The last run that ended, of kind run.</summary>
    public RunView? LastRun { get; init; }

    /// <summary>The run that waits or runs.</summary>
    public RunView? CurrentRun { get; init; }
}

/// <summary>The schedule of a recipe.</summary>
/// <param name="Cron">Five fields of cron.</param>
/// <param name="TimeZone">IANA time zone, such as <c>Europe/Berlin</c>.</param>
/// <param name="NextDue">The slot that is fired next; earlier than now where the API was not there.</param>
/// <param name="NextFirings">The next five slots, each with the offset of its time zone.</param>
public sealed record ScheduleView(string Cron, string TimeZone, DateTimeOffset? NextDue, IReadOnlyList<DateTimeOffset> NextFirings);
