using System.Text.Json.Nodes;

namespace Discovery.Catalog.Writes.Server;

/// <summary>
/// Keeps <c>domains.domains</c>, the old form, and <c>domains.domainAssociations</c>, which also says who put the entity into
/// the domain, telling the same. Associations that were derived from others (<c>"propagated":"true"</c>) come last.
/// </summary>
internal static class DomainAssociations
{
    public static ReadOnlyMemory<byte> Complete(ReadOnlyMemory<byte> current, ReadOnlyMemory<byte> value)
    {
        var proposed = AspectJson.Parse(value);
        var stored = current.IsEmpty ? null : AspectJson.Parse(current);
        var domains = Domains(proposed);
        var associations = Associations(proposed);
        if (associations is null)
        {
            associations = Follow(domains, stored is null ? null : Associations(stored));
        }
        else if (domains.Count > 0 && !associations.Select(Domain).ToHashSet().SetEquals(domains) &&
            !domains.ToHashSet().SetEquals(stored is null ? [] : Domains(stored)))
        {
            throw new CatalogException(
                CatalogFault.Validation,
                "Cannot update both 'domains' and 'domainAssociations' to different domains in one write; send one of them");
        }
        associations = [.. associations.OrderBy(IsPropagated)];
        proposed["domains"] = new JsonArray([.. associations.Select(Domain).Distinct().Select(domain => JsonValue.Create(domain))]);
        proposed["domainAssociations"] = new JsonArray([.. associations.Select(association => association.DeepClone())]);
        return AspectJson.Write(proposed);
    }

    /// <summary>The stored associations with these domains, and new ones for the rest.</summary>
    private static List<JsonNode> Follow(List<string> domains, List<JsonNode>? stored)
    {
        var wanted = domains.ToHashSet();
        var kept = (stored ?? []).Where(association => wanted.Contains(Domain(association))).ToList();
        var known = kept.Select(Domain).ToHashSet();
        kept.AddRange(domains.Distinct().Where(domain => !known.Contains(domain)).Select(domain => new JsonObject { ["domain"] = domain }));
        return kept;
    }

    private static List<string> Domains(JsonObject aspect) => [.. (aspect["domains"] as JsonArray ?? []).Select(domain => domain!.GetValue<string>())];

    private static List<JsonNode>? Associations(JsonObject aspect) => aspect["domainAssociations"] is JsonArray array ? [.. array.Select(item => item!)] : null;

    private static string Domain(JsonNode association) => association["domain"]!.GetValue<string>();

    private static bool IsPropagated(JsonNode association) =>
        string.Equals(association["attribution"]?["sourceDetail"]?["propagated"]?.GetValue<string>(), "true", StringComparison.OrdinalIgnoreCase);
}
