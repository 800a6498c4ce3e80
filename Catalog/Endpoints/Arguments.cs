using System.Text.Json;
using Discovery.Metadata;

namespace Discovery.Catalog.Endpoints;

/// <summary>The members of a JSON object that a request carries. A member that is null is as good as absent.</summary>
internal sealed class Arguments
{
    private readonly JsonElement _members;

    /// <exception cref="CatalogException">It is not an object.</exception>
    public Arguments(JsonElement members) =>
        _members = members.ValueKind == JsonValueKind.Object ? members : throw new CatalogException(CatalogFault.Argument, "The request body is not a JSON object.");

    /// <summary>The members that are there.</summary>
    public IEnumerable<JsonProperty> Members => _members.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null);

    /// <summary>A member, whatever it is; null where it is absent.</summary>
    public JsonElement? Member(string name) =>
        _members.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public string? TextOrNull(string name) => Member(name) is not { } member ? null : Text(member, name);

    public string Text(string name) => TextOrNull(name) ?? throw Missing(name);

    /// <summary>A urn, taken apart.</summary>
    public Urn Urn(string name) => ParseUrn(Text(name));

    /// <summary>A whole number from 0 up.</summary>
    public int Count(string name, int otherwise) =>
        Member(name) is not { } member ? otherwise
        : member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) && number >= 0 ? number
        : throw Fault(name, "a whole number from 0 up");

    public long? NumberOrNull(string name) =>
        Member(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) ? number
        : throw Fault(name, "a whole number");

    /// <summary>A switch, as a boolean or as the text of one.</summary>
    public bool? FlagOrNull(string name) =>
        Member(name) is not { } member ? null
        : member.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.GetBoolean()
        : member.ValueKind is JsonValueKind.String && bool.TryParse(member.GetString(), out var flag) ? flag
        : throw Fault(name, "true or false");

    public bool Flag(string name, bool otherwise = false) => FlagOrNull(name) ?? otherwise;

    /// <summary>The texts of an array; null where it is absent.</summary>
    public IReadOnlyList<string>? TextsOrNull(string name) => Member(name) is { } member ? Texts(member, name) : null;

    /// <summary>The texts of an array.</summary>
    public static IReadOnlyList<string> Texts(JsonElement array, string name) =>
        array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray().Select(item => Text(item, name))] : throw Fault(name, "an array");

    /// <summary>The objects of an array; empty where it is absent.</summary>
    public IReadOnlyList<Arguments> Objects(string name) =>
        Member(name) is not { } member ? []
        : member.ValueKind != JsonValueKind.Array ? throw Fault(name, "an array")
        : [.. member.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Object ? new Arguments(item) : throw Fault(name, "an array of objects"))];

    /// <exception cref="CatalogException">It is no urn.</exception>
    public static Urn ParseUrn(string text)
    {
        try
        {
            return Metadata.Urn.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new CatalogException(CatalogFault.Argument, exception.Message);
        }
    }

    private static string Text(JsonElement member, string name) =>
        member.ValueKind == JsonValueKind.String ? member.GetString()! : throw Fault(name, "text");

    private static CatalogException Missing(string name) => new(CatalogFault.Argument, $"The member '{name}' is missing.");

    private static CatalogException Fault(string name, string expected) => new(CatalogFault.Argument, $"The member '{name}' is not what is expected, {expected}.");
}
