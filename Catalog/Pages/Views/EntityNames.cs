using System.Text.Json;
using Discovery.Metadata;

namespace Discovery.Catalog.Pages.Views;

/// <summary>What an entity is called.</summary>
public static class EntityNames
{
    /// <summary>Aspects that may hold the name of an entity, the strongest first.</summary>
    internal static readonly IReadOnlyList<string> Aspects =
    [
        "corpUserEditableInfo", "datasetProperties", "containerProperties", "schemaFieldInfo", "dataPlatformInfo", "dataPlatformInstanceProperties",
        "tagProperties", "glossaryTermInfo", "glossaryNodeInfo", "domainProperties", "corpUserInfo", "corpGroupInfo",
        "dataFlowInfo", "dataJobInfo", "dashboardInfo", "chartInfo", "dataProductProperties", "ownershipTypeInfo",
        "queryProperties", "mlModelProperties", "notebookInfo",
    ];

    /// <summary>The name that an entity has in its aspects, or else the one in its urn.</summary>
    public static string Of(string urn, AspectSet aspects)
    {
        foreach (var aspect in Aspects)
        {
            var value = aspects[aspect];
            if (value.ValueKind == JsonValueKind.Object && (value.Text("displayName") ?? value.Text("name") ?? value.Text("title")) is { } name)
            {
                return name;
            }
        }
        return FromUrn(urn);
    }

    /// <summary>
    /// The name that a urn tells: <c>shop.orders</c> of <c>urn:li:dataset:(urn:li:dataPlatform:mysql,shop.orders,PROD)</c>,
    /// <c>pii</c> of <c>urn:li:tag:pii</c>, the column of a schema field.
    /// </summary>
    public static string FromUrn(string urn)
    {
        if (!Urn.TryParse(urn, out var parsed))
        {
            return urn;
        }
        return parsed switch
        {
            { EntityType: "schemaField", Parts.Count: 2 } => FieldPath.Parse(Decode(parsed.Parts[1])).ToString(),
            { EntityType: "dataFlow" or "dataset", Parts.Count: 3 } => Decode(parsed.Parts[1]),
            { Parts.Count: 1 } => Decode(parsed.Parts[0]),
            _ => Decode(parsed.Parts[^1]),
        };
    }

    /// <summary>Takes back the encoding of a part of a urn: <c>a%2Cb</c> is <c>a,b</c>.</summary>
    internal static string Decode(string part) => part.Contains('%', StringComparison.Ordinal)
        ? part.Replace("%28", "(", StringComparison.OrdinalIgnoreCase)
            .Replace("%29", ")", StringComparison.OrdinalIgnoreCase)
            .Replace("%2C", ",", StringComparison.OrdinalIgnoreCase)
            .Replace("%E2%90%9F", "\u241F", StringComparison.OrdinalIgnoreCase)
        : part;
}
