using System.Text.Json;

namespace Discovery.Catalog.Model;

/// <summary>
/// What DataHub's model says about search and relationships beyond the shape of aspects, as <c>eng/update-model.py</c> took it
/// from there. Read at its first use, which takes some milliseconds.
/// </summary>
public sealed class Annotations
{
    private static readonly Lazy<Annotations> LazyInstance = new(ReadEmbedded);

    private Annotations(JsonElement root)
    {
        Version = root.GetProperty("version").GetString()!;
        Entities = Entries(root, "entities", ReadEntity);
        SearchFields = Entries(root, "search", entry => Paths(entry, ReadSearchField));
        Relationships = Entries(root, "relationships", entry => Paths(entry, ReadRelationship));
    }

    /// <summary>The annotations of the model.</summary>
    public static Annotations Instance => LazyInstance.Value;

    /// <summary>Where the model is from, such as <c>acryl-datahub 1.7.0.17</c>.</summary>
    public string Version { get; }

    /// <summary>What is known of the entity types, by name.</summary>
    public IReadOnlyDictionary<string, EntityAnnotation> Entities { get; }

    /// <summary>The searchable fields of aspects, by name of the aspect; aspects without any are left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SearchAnnotation>> SearchFields { get; }

    /// <summary>The relationships that aspects hold, by name of the aspect; aspects without any are left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<RelationshipAnnotation>> Relationships { get; }

    private static Annotations ReadEmbedded()
    {
        using var stream = typeof(Annotations).Assembly.GetManifestResourceStream("annotations.json")!;
        using var document = JsonDocument.Parse(stream);
        return new Annotations(document.RootElement);
    }

    private static Dictionary<string, T> Entries<T>(JsonElement root, string section, Func<JsonElement, T> read) =>
        root.GetProperty(section).EnumerateObject().ToDictionary(entry => entry.Name, entry => read(entry.Value), StringComparer.Ordinal);

    private static IReadOnlyList<T> Paths<T>(JsonElement paths, Func<string, JsonElement, T> read) =>
        [.. paths.EnumerateObject().Select(path => read(path.Name, path.Value))];

    private static EntityAnnotation ReadEntity(JsonElement entry) => new(Strings(entry, "key"), Text(entry, "group"), Text(entry, "category"));

    private static SearchAnnotation ReadSearchField(string path, JsonElement entry) => new(path, Text(entry, "field")!, ReadType(Text(entry, "type")!))
    {
        QueryByDefault = entry.TryGetProperty("query", out _),
        Boost = entry.TryGetProperty("boost", out var boost) ? boost.GetSingle() : 1,
        IsMap = entry.TryGetProperty("value", out _),
        Completes = entry.TryGetProperty("complete", out _),
        IsFilter = entry.TryGetProperty("filter", out _),
        Label = Text(entry, "label"),
        HasField = Text(entry, "has"),
        CountField = Text(entry, "count"),
        Aliases = Strings(entry, "aliases"),
        Weights = entry.TryGetProperty("weights", out var weights)
            ? weights.EnumerateObject().ToDictionary(weight => weight.Name, weight => weight.Value.GetSingle(), StringComparer.Ordinal)
            : [],
    };

    private static RelationshipAnnotation ReadRelationship(string path, JsonElement entry) =>
        new(path, Text(entry, "name")!, Strings(entry, "to"), entry.TryGetProperty("lineage", out _), !entry.TryGetProperty("downstream", out _));

    private static SearchFieldType ReadType(string type) => type switch
    {
        "KEYWORD" or "MAP_ARRAY" => SearchFieldType.Keyword,
        "TEXT" => SearchFieldType.Text,
        "TEXT_PARTIAL" or "WORD_GRAM" => SearchFieldType.Name,
        "URN" or "URN_PARTIAL" => SearchFieldType.Urn,
        "DATETIME" or "COUNT" => SearchFieldType.Number,
        "BOOLEAN" => SearchFieldType.Boolean,
        "BROWSE_PATH" or "BROWSE_PATH_V2" => SearchFieldType.BrowsePath,
        _ => throw new InvalidDataException($"annotations.json: the search field type '{type}' is not known"),
    };

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string[] Strings(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [];
}
