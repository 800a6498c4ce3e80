namespace Discovery.Metadata;

/// <summary>Names of snapshots and their aspects, turned into DataHub's entity types and aspect names.</summary>
public static class SnapshotNames
{
    /// <summary>
    /// Entity type of a snapshot type: <c>com.linkedin.pegasus2avro.metadata.snapshot.DataFlowSnapshot</c> is
    /// <c>dataFlow</c>.
    /// </summary>
    public static string EntityType(string snapshotType) => throw new NotImplementedException();

    /// <summary>Aspect name of a type: <c>com.linkedin.pegasus2avro.dataset.DatasetProperties</c> is <c>datasetProperties</c>.</summary>
    public static string AspectName(string typeName) => throw new NotImplementedException();
}
