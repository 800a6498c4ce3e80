using System.Text.Json;

namespace Discovery.Metadata;

/// <summary>Reads JSON of which nothing is sure: what is absent or of another kind reads as nothing.</summary>
/// <remarks>Half a surrogate pair in a text is an <see cref="InvalidOperationException"/>, as with <see cref="JsonElement.GetString"/>.</remarks>
public static class JsonReading
{
    /// <summary>A member of an object; of anything else, and where there is none, an element without a kind.</summary>
    public static JsonElement Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    /// <summary>A text that is not empty.</summary>
    public static string? Text(this JsonElement value, string name) => value.Member(name).AsText();

    /// <summary>The element itself as a text that is not empty.</summary>
    public static string? AsText(this JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>Whether a member is true.</summary>
    public static bool Flag(this JsonElement value, string name) => value.Member(name).ValueKind == JsonValueKind.True;

    /// <summary>A whole number.</summary>
    public static long? Number(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var number) ? number : null;

    /// <summary>A whole number; 0 where there is none.</summary>
    public static long Count(this JsonElement value, string name) => value.Number(name) ?? 0;

    /// <summary>The items of an array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The texts of an array of texts.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement value, string name) => [.. value.Items(name).Select(AsText).OfType<string>()];

    /// <summary>The texts that stand under <paramref name="member"/> in the objects of an array: <c>[{"tag": "urn:li:tag:pii"}]</c>.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement value, string name, string member) =>
        [.. value.Items(name).Select(item => item.Text(member)).OfType<string>()];

    /// <summary>Milliseconds since 1970-01-01 UTC as a time; null for 0, which DataHub writes for "unknown", and for what no calendar has.</summary>
    public static DateTimeOffset? AsTime(long? milliseconds) =>
        milliseconds is > 0 and < 253402300800000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value) : null;
}
