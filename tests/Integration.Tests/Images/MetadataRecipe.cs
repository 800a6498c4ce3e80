namespace Discovery.Integration.Tests.Images;

/// <summary>A recipe that needs no server: it reads a metadata file of one dataset.</summary>
internal static class MetadataRecipe
{
    public const string Dataset = "urn:li:dataset:(urn:li:dataPlatform:mysql,shop.orders,PROD)";

    /// <summary>Writes the recipe and, into the folder <c>files</c> below, the file that it reads.</summary>
    /// <param name="folder">Where to; containers have it as <c>/recipes</c>.</param>
    /// <param name="rest">Blocks of the recipe after the source.</param>
    /// <param name="name">Name of the recipe.</param>
    public static void Write(string folder, string rest, string name = "orders")
    {
        File.WriteAllText(Path.Combine(folder, $"{name}.yml"), $"source: {{ type: file, config: {{ path: /recipes/files/{name}.json }} }}\n{rest}\n");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "files")).FullName, $"{name}.json"), $$"""
            [ { "entityType": "dataset", "entityUrn": "{{Dataset}}", "changeType": "UPSERT", "aspectName": "datasetProperties", "aspect": { "json": { "name": "orders", "customProperties": {}, "tags": [] } } } ]
            """);
    }
}
