namespace Discovery.Ingestion.Control;

/// <summary>A worker that was heard of within the last hour.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">What recipes can ask for.</param>
/// <param name="LastHeard">When it last asked for a run or told of one.</param>
/// <param name="Runs">Ids of the runs that it has.</param>
public sealed record WorkerView(string Name, IReadOnlyList<string> Labels, DateTimeOffset LastHeard, IReadOnlyList<string> Runs);
