using System.Text.Json;
using Discovery.Ingestion.Pipeline;
using Discovery.Metadata;

namespace Discovery.Ingestion.State;

/// <summary>Takes from what a source says about a dataset what is compared between runs.</summary>
public static class StructureReader
{
    /// <summary>The structure of a dataset; null for any other entity, and where the unit does not tell the columns.</summary>
    /// <param name="unit">
    /// One work unit. A source of files gives each record of an entity as a unit of its own: the structure is then what stands in the one
    /// record with the columns, and a file that has two such records of one dataset gives two structures, of which the last counts.
    /// </param>
    public static DatasetStructure? Read(WorkUnit unit)
    {
        if (unit.EntityType != "dataset" || !Urn.TryParse(unit.Records[0].Urn, out var urn) || urn is not { EntityType: "dataset", Parts: [_, var encoded, _] })
        {
            return null;
        }
        ReadOnlyMemory<byte> schema = default, properties = default, subTypes = default;
        foreach (var (name, aspect) in unit.Records.SelectMany(Aspects))
        {
            switch (name)
            {
                case "schemaMetadata":
                    schema = aspect;
                    break;
                case "datasetProperties":
                    properties = aspect;
                    break;
                case "subTypes":
                    subTypes = aspect;
                    break;
            }
        }
        try
        {
            return schema.IsEmpty ? null : Read(urn.ToString(), Urns.Decode(encoded), schema, properties, subTypes);
        }
        // A file can hold anything; the second is for half a surrogate pair in a text.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Aspect)> Aspects(MetadataRecord record) => record switch
    {
        MetadataChangeProposal { ChangeType: not MetadataChangeProposal.Patch } proposal => [(proposal.AspectName, proposal.Aspect)],
        MetadataChangeEvent change => change.Aspects.Select(aspect => (SnapshotNames.AspectName(aspect.TypeName), aspect.Value)),
        _ => [],
    };

    private static DatasetStructure Read(string urn, string name, ReadOnlyMemory<byte> schema, ReadOnlyMemory<byte> properties, ReadOnlyMemory<byte> subTypes)
    {
        using var schemaJson = JsonDocument.Parse(schema);
        using var propertiesJson = properties.IsEmpty ? null : JsonDocument.Parse(properties);
        using var subTypesJson = subTypes.IsEmpty ? null : JsonDocument.Parse(subTypes);
        var named = propertiesJson?.RootElement ?? default;
        return new DatasetStructure
        {
            Urn = urn,
            Name = name,
            Database = DatabaseOf(name, named.Text("name")),
            Kind = (subTypesJson?.RootElement ?? default).Texts("typeNames") is [var kind, ..] ? kind : null,
            Comment = named.Text("description"),
            Columns = [.. schemaJson.RootElement.Items("fields").Select(Column)],
            ForeignKeys = [.. schemaJson.RootElement.Items("foreignKeys").Select(ForeignKey).Order(StringComparer.Ordinal)],
        };
    }

    // The name of a table can have a dot itself; eu1.shop.orders without its own name orders is eu1.shop.
    private static string DatabaseOf(string name, string? ownName)
    {
        var ownLength = ownName is { Length: > 0 } && name.EndsWith($".{ownName}", StringComparison.OrdinalIgnoreCase) ? ownName.Length + 1 : name.Length - name.LastIndexOf('.');
        return name[..Math.Max(0, name.Length - ownLength)];
    }

    private static ColumnStructure Column(JsonElement field) => new(
        field.Text("fieldPath") ?? "", field.Text("nativeDataType") ?? "", field.Flag("nullable"), field.Text("description"), field.Flag("isPartOfKey"));

    private static string ForeignKey(JsonElement key)
    {
        var target = key.Text("foreignDataset") is { } dataset && Urn.TryParse(dataset, out var urn) && urn.Parts.Count > 1 ? Urns.Decode(urn.Parts[1]) : key.Text("foreignDataset");
        return $"{key.Text("name")} ({Fields(key, "sourceFields")}) → {target} ({Fields(key, "foreignFields")})";
    }

    private static string Fields(JsonElement key, string member) =>
        string.Join(", ", key.Texts(member).Select(field => Urn.TryParse(field, out var urn) && urn.Parts.Count > 1 ? Urns.Decode(urn.Parts[1]) : field));
}
