using System.Text.Json.Nodes;

namespace Discovery.Catalog.Writes.Server;

/// <summary>
/// Keeps <c>ownership.ownerTypes</c>, the owners by their type: <c>{"urn:li:ownershipType:__system__dataowner":["urn:li:corpuser:a"]}</c>.
/// It is made anew from the owners, so that an owner who was taken out leaves it.
/// </summary>
internal static class OwnerTypes
{
    public static ReadOnlyMemory<byte> Complete(ReadOnlyMemory<byte> value)
    {
        var ownership = AspectJson.Parse(value);
        var types = new JsonObject();
        var seen = new HashSet<(string Type, string Owner)>();
        foreach (var owner in ownership["owners"]!.AsArray())
        {
            var urn = owner!["owner"]!.GetValue<string>();
            var type = TypeOf(owner);
            if (!seen.Add((type, urn)))
            {
                continue;
            }
            if (types[type] is not JsonArray owners)
            {
                types[type] = owners = [];
            }
            owners.Add(urn);
        }
        ownership["ownerTypes"] = types;
        return AspectJson.Write(ownership);
    }

    /// <summary>The type's urn; for an owner that has only one of the old types, the urn that stands for it.</summary>
    private static string TypeOf(JsonNode owner) =>
        owner["typeUrn"]?.GetValue<string>() ?? "urn:li:ownershipType:__system__" + owner["type"]!.GetValue<string>().ToLowerInvariant();
}
