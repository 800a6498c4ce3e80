using System.Text.Json;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Timeline;

/// <summary>Something that an aspect says, of which a timeline tells when it came, changed and went.</summary>
/// <param name="EntityUrn">What it is said of: the entity, or one of its columns.</param>
/// <param name="Modifier">Urn of the tag, owner, column ... that it is about; null for texts.</param>
/// <param name="Value">What can change about it; empty where it is either there or not.</param>
/// <param name="Label">How to call it in a sentence.</param>
internal sealed record Fact(string EntityUrn, string? Modifier, string Value, string Label);

/// <summary>Takes aspects apart into facts.</summary>
internal sealed class AspectFacts
{
    private static readonly string[] TextFields = ["description", "definition"];
    private readonly Dictionary<(ChangeCategory, string), Fact> _facts = [];

    /// <summary>Whether an aspect says anything that a timeline tells.</summary>
    public static bool Knows(AspectType aspect) =>
        aspect.Name is "globalTags" or "glossaryTerms" or "ownership" or "domains" or "institutionalMemory" or "schemaMetadata" or "editableSchemaMetadata"
        || TextField(aspect) is not null;

    /// <summary>The facts of one version, by category and a key that stays the same over versions.</summary>
    /// <param name="aspect">The aspect.</param>
    /// <param name="urn">The entity that has it.</param>
    /// <param name="value">Its value as UTF-8 JSON.</param>
    public static IReadOnlyDictionary<(ChangeCategory Category, string Key), Fact> Read(AspectType aspect, string urn, ReadOnlyMemory<byte> value)
    {
        using var json = JsonDocument.Parse(value);
        var root = json.RootElement;
        var facts = new AspectFacts();
        switch (aspect.Name)
        {
            case "globalTags":
                facts.AddTags(root, urn);
                break;
            case "glossaryTerms":
                facts.AddTerms(root, urn);
                break;
            case "ownership":
                foreach (var owner in Items(root, "owners"))
                {
                    facts.Add(ChangeCategory.Ownership, urn, Text(owner, "owner"), $"{Text(owner, "type")} {Text(owner, "typeUrn")}".TrimEnd(), "Owner");
                }
                break;
            case "domains":
                foreach (var domain in Items(root, "domains"))
                {
                    facts.Add(ChangeCategory.Domain, urn, domain.GetString(), "", "Domain");
                }
                break;
            case "institutionalMemory":
                foreach (var link in Items(root, "elements"))
                {
                    facts.AddText(urn, $"The link {Text(link, "url")}", Text(link, "description"));
                }
                break;
            case "schemaMetadata":
                facts.AddColumns(root, "fields", urn);
                break;
            case "editableSchemaMetadata":
                facts.AddColumns(root, "editableSchemaFieldInfo", urn);
                break;
        }
        if (TextField(aspect) is { } text)
        {
            facts.AddText(urn, "The documentation", Text(root, text));
        }
        return facts._facts;
    }

    /// <summary>The member that documents the entity; null where the aspect has none.</summary>
    private static string? TextField(AspectType aspect) =>
        TextFields.FirstOrDefault(name => aspect.Record.Fields.TryGetValue(name, out var field) && field.Type is PrimitiveType { Name: "string" });

    private void AddColumns(JsonElement schema, string member, string urn)
    {
        foreach (var column in Items(schema, member))
        {
            if (Text(column, "fieldPath") is not { } path)
            {
                continue;
            }
            var columnUrn = Urns.SchemaField(urn, path);
            if (Text(column, "nativeDataType") is { } type)
            {
                var nullable = column.TryGetProperty("nullable", out var flag) && flag.ValueKind == JsonValueKind.True;
                _facts[(ChangeCategory.TechnicalSchema, columnUrn)] = new Fact(urn, columnUrn, nullable ? type : $"{type} not null", $"The column {path}");
            }
            AddText(columnUrn, "The documentation", Text(column, "description"));
            if (column.TryGetProperty("globalTags", out var tags))
            {
                AddTags(tags, columnUrn);
            }
            if (column.TryGetProperty("glossaryTerms", out var terms))
            {
                AddTerms(terms, columnUrn);
            }
        }
    }

    private void AddTags(JsonElement globalTags, string urn)
    {
        foreach (var tag in Items(globalTags, "tags"))
        {
            Add(ChangeCategory.Tag, urn, Text(tag, "tag"), "", "Tag");
        }
    }

    private void AddTerms(JsonElement glossaryTerms, string urn)
    {
        foreach (var term in Items(glossaryTerms, "terms"))
        {
            Add(ChangeCategory.GlossaryTerm, urn, Text(term, "urn"), "", "Term");
        }
    }

    private void Add(ChangeCategory category, string urn, string? modifier, string value, string label) =>
        _facts.TryAdd((category, $"{urn} {modifier}"), new Fact(urn, modifier, value, $"{label} {modifier}"));

    private void AddText(string urn, string label, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _facts.TryAdd((ChangeCategory.Documentation, $"{urn} {label}"), new Fact(urn, null, text, label));
        }
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string member) =>
        element.TryGetProperty(member, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
