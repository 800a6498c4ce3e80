using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Sinks.Files;

/// <summary>What a recipe says about the sink <c>file</c>.</summary>
public sealed record FileSinkConfig
{
    /// <summary>The file to write.</summary>
    [Setting("filename", "The file to write, a JSON array of metadata records. Folders that do not exist are created.", IsPath = true)]
    public required string Filename { get; init; }

    /// <summary>Write aspects as text.</summary>
    [Setting("legacy_nested_json_string", "Write each aspect as JSON text in a string, for readers older than DataHub 0.9.")]
    public bool LegacyNestedJsonString { get; init; }
}
