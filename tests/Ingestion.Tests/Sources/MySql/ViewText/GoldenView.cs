using System.Text.Json;
using Discovery.Ingestion.Tests.Sinks.Files;

namespace Discovery.Ingestion.Tests.Sources.MySql.ViewText;

/// <summary>A view in the output of DataHub's client.</summary>
/// <param name="Schema">Its database.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its definition.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Lineage">Its lineage as lines of text; empty when the client found none.</param>
internal sealed record GoldenView(string Schema, string Name, string Text, IReadOnlyList<string> Columns, IReadOnlyList<string> Lineage)
{
    /// <summary>The views of one file, in its order.</summary>
    public static IEnumerable<GoldenView> ReadAll(string path)
    {
        using var document = JsonDocument.Parse(GoldenFiles.Read(path));
        var datasets = new Dictionary<string, (string Schema, string Name, string[] Columns)>(StringComparer.Ordinal);
        var (texts, lineages) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string[]>(StringComparer.Ordinal));
        foreach (var record in document.RootElement.EnumerateArray())
        {
            if (record.TryGetProperty("proposedSnapshot", out var proposed))
            {
                var snapshot = proposed.EnumerateObject().First().Value;
                var aspects = snapshot.GetProperty("aspects").EnumerateArray().Select(aspect => aspect.EnumerateObject().First()).ToList();
                var properties = aspects.Find(aspect => aspect.Name.EndsWith("DatasetProperties", StringComparison.Ordinal)).Value;
                var fields = aspects.Find(aspect => aspect.Name.EndsWith("SchemaMetadata", StringComparison.Ordinal)).Value;
                var name = properties.GetProperty("name").GetString()!;
                datasets[snapshot.GetProperty("urn").GetString()!] =
                (
                    fields.GetProperty("schemaName").GetString()![..^(name.Length + 1)],
                    name,
                    [.. fields.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("fieldPath").GetString()!)]
                );
            }
            else if (record.GetProperty("aspectName").GetString() is "viewProperties" or "upstreamLineage")
            {
                var (urn, aspect) = (record.GetProperty("entityUrn").GetString()!, record.GetProperty("aspect").GetProperty("json"));
                if (aspect.TryGetProperty("viewLogic", out var text))
                {
                    texts[urn] = text.GetString()!;
                }
                else
                {
                    lineages[urn] = [.. Lines(aspect)];
                }
            }
        }
        foreach (var (urn, text) in texts)
        {
            var (schema, name, columns) = datasets[urn];
            yield return new(schema, name, text, columns, lineages.GetValueOrDefault(urn) ?? []);
        }
    }

    private static IEnumerable<string> Lines(JsonElement lineage)
    {
        foreach (var upstream in lineage.GetProperty("upstreams").EnumerateArray())
        {
            yield return upstream.GetProperty("dataset").GetString()!;
        }
        if (lineage.TryGetProperty("fineGrainedLineages", out var columns))
        {
            foreach (var column in columns.EnumerateArray())
            {
                var operation = column.GetProperty("transformOperation").GetString()!;
                var sources = column.GetProperty("upstreams").EnumerateArray().Select(source => source.GetString());
                yield return $"{column.GetProperty("downstreams")[0].GetString()} {operation[..operation.IndexOf(':', StringComparison.Ordinal)]} {string.Join(' ', sources)}";
            }
        }
    }
}
