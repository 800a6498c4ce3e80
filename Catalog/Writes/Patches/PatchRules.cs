namespace Discovery.Catalog.Writes.Patches;

/// <summary>How DataHub addresses the arrays of its aspects in patches, where the client does not say it.</summary>
internal static class PatchRules
{
    private static readonly PatchRule Texts = new() { Keys = [] };
    private static readonly PatchRule Edges = Keyed("destinationUrn");
    private static readonly PatchRule ColumnLineage = new() { IsColumnLineage = true };
    private static readonly PatchRule Tags = Members(("tags", Keyed("tag")));
    private static readonly PatchRule Terms = Members(("terms", Keyed("urn")));

    private static readonly Dictionary<string, PatchRule> ByAspect = new(StringComparer.Ordinal)
    {
        ["globalTags"] = Tags,
        ["glossaryTerms"] = Terms,
        ["ownership"] = Members(("owners", Keyed("owner", "type"))),
        ["upstreamLineage"] = Members(("upstreams", Keyed("dataset")), ("fineGrainedLineages", ColumnLineage)),
        ["datasetProperties"] = Members(("tags", Texts)),
        ["structuredProperties"] = Members(("properties", Keyed("propertyUrn"))),
        ["dataJobInputOutput"] = Members(
            ("inputDatajobEdges", Edges),
            ("inputDatasetEdges", Edges),
            ("outputDatasetEdges", Edges),
            ("inputDatasetFields", Texts),
            ("outputDatasetFields", Texts),
            ("fineGrainedLineages", ColumnLineage)),
        ["dashboardInfo"] = Members(
            ("chartEdges", Edges), ("datasetEdges", Edges), ("dashboards", Edges), ("charts", Texts), ("datasets", Texts)),
        ["chartInfo"] = Members(("inputEdges", Edges), ("inputs", Texts)),
        ["dataProductProperties"] = Members(("assets", Edges)),
        ["editableSchemaMetadata"] = Members(
            ("editableSchemaFieldInfo", Keyed("fieldPath") with { Members = Members(("globalTags", Tags), ("glossaryTerms", Terms)).Members })),
        ["domains"] = Members(("domains", Texts)),
        ["siblings"] = Members(("siblings", Texts)),
        ["propertyDefinition"] = Members(("entityTypes", Texts), ("allowedValues", Keyed("value"))),
        ["formInfo"] = Members(("prompts", Keyed("id")), ("actors", Members(("users", Texts), ("groups", Texts)))),
        ["documentation"] = Members(("documentations", Keyed("attribution␟source"))),
    };

    /// <summary>The rules for an aspect, with those that the patch brings along.</summary>
    public static PatchRule For(string aspect, PatchDocument patch)
    {
        var known = patch.IsGeneric ? PatchRule.None : ByAspect.GetValueOrDefault(aspect, PatchRule.None);
        if (patch.ArrayKeys.Count == 0)
        {
            return known;
        }
        var members = new Dictionary<string, PatchRule>(known.Members, StringComparer.Ordinal);
        foreach (var (array, keys) in patch.ArrayKeys)
        {
            members[array] = members.GetValueOrDefault(array, PatchRule.None) with { Keys = keys, IsColumnLineage = false };
        }
        return known with { Members = members };
    }

    private static PatchRule Keyed(params string[] keys) => new() { Keys = keys };

    private static PatchRule Members(params (string Name, PatchRule Rule)[] members) =>
        new() { Members = members.ToDictionary(member => member.Name, member => member.Rule, StringComparer.Ordinal) };
}
