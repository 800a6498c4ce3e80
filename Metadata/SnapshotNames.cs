namespace Discovery.Metadata;

/// <summary>Names of snapshots and their aspects, turned into DataHub's entity types and aspect names.</summary>
/// <remarks>
/// The names follow a rule with few exceptions, which stand here so that a run need not load the model; a test compares
/// both with the model.
/// </remarks>
public static class SnapshotNames
{
    /// <summary>What the Avro dialect has after <c>com.linkedin.</c> in its type names.</summary>
    private const string AvroPrefix = "com.linkedin.pegasus2avro.";

    private const string Prefix = "com.linkedin.";
    private const string SnapshotSuffix = "Snapshot";

    /// <summary>
    /// Entity type of a snapshot type: <c>com.linkedin.pegasus2avro.metadata.snapshot.DataFlowSnapshot</c> is
    /// <c>dataFlow</c>.
    /// </summary>
    public static string EntityType(string snapshotType)
    {
        var name = ShortName(snapshotType);
        if (name.EndsWith(SnapshotSuffix, StringComparison.Ordinal))
        {
            name = name[..^SnapshotSuffix.Length];
        }
        return name is "CorpUser" ? "corpuser" : CamelCase(name);
    }

    /// <summary>Aspect name of a type: <c>com.linkedin.pegasus2avro.dataset.DatasetProperties</c> is <c>datasetProperties</c>.</summary>
    public static string AspectName(string typeName) => ShortName(typeName) switch
    {
        "CaveatsAndRecommendations" => "mlModelCaveatsAndRecommendations",
        "EthicalConsiderations" => "mlModelEthicalConsiderations",
        "EvaluationData" => "mlModelEvaluationData",
        "Metrics" => "mlModelMetrics",
        "QuantitativeAnalyses" => "mlModelQuantitativeAnalyses",
        "TrainingData" => "mlModelTrainingData",
        "EditableMLFeatureProperties" => "editableMlFeatureProperties",
        "EditableMLFeatureTableProperties" => "editableMlFeatureTableProperties",
        "EditableMLModelGroupProperties" => "editableMlModelGroupProperties",
        "EditableMLModelProperties" => "editableMlModelProperties",
        "EditableMLPrimaryKeyProperties" => "editableMlPrimaryKeyProperties",
        "ExecutionRequestInput" => "dataHubExecutionRequestInput",
        "ExecutionRequestKey" => "dataHubExecutionRequestKey",
        "ExecutionRequestResult" => "dataHubExecutionRequestResult",
        "ExecutionRequestSignal" => "dataHubExecutionRequestSignal",
        "SchemaFieldInfo" => "schemafieldInfo",
        "StructuredPropertyDefinition" => "propertyDefinition",
        var name => CamelCase(name),
    };

    /// <summary>A type name without <c>pegasus2avro</c>, as the server writes it.</summary>
    public static string ServerName(string typeName) =>
        typeName.StartsWith(AvroPrefix, StringComparison.Ordinal) ? $"{Prefix}{typeName.AsSpan(AvroPrefix.Length)}" : typeName;

    private static string ShortName(string typeName) => typeName[(typeName.LastIndexOf('.') + 1)..];

    /// <summary><c>MLModelProperties</c> is <c>mlModelProperties</c>: of a run of capitals the last one starts the next word.</summary>
    private static string CamelCase(string name)
    {
        var capitals = 0;
        while (capitals < name.Length && char.IsAsciiLetterUpper(name[capitals]))
        {
            capitals++;
        }
        var lowered = capitals > 1 && capitals < name.Length ? capitals - 1 : capitals;
        return $"{name[..lowered].ToLowerInvariant()}{name.AsSpan(lowered)}";
    }
}
