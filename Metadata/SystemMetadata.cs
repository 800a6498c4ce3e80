namespace Discovery.Metadata;

/// <summary>Who observed a record and when; the member <c>systemMetadata</c> of a record.</summary>
/// <param name="LastObserved">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="RunId">Id of the run that wrote the record.</param>
/// <param name="PipelineName">Name of the pipeline, null for none.</param>
public sealed record SystemMetadata(long LastObserved, string RunId, string? PipelineName)
{
    /// <summary>What DataHub writes where a run id is not known; always the value of <c>lastRunId</c> in new records.</summary>
    public const string NoRunId = "no-run-id-provided";

    /// <summary>Id of the run that wrote the aspect before, as a server fills it in.</summary>
    public string LastRunId { get; init; } = NoRunId;

    /// <summary>Members that this product does not interpret, in the form of <see cref="MetadataRecord.OtherMembers"/>.</summary>
    public ReadOnlyMemory<byte> OtherMembers { get; init; }
}
