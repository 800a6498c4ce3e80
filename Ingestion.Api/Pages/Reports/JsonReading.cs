using System.Text.Json;

namespace Discovery.Ingestion.Api.Pages.Reports;

/// <summary>Reads JSON that may be anything: what is missing or of another type is none, 0, null or false.</summary>
internal static class JsonReading
{
    public static JsonElement Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    public static IEnumerable<JsonProperty> Members(this JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static string? Text(this JsonElement value, string name) => value.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static long Number(this JsonElement value, string name) => value.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var number) ? number : 0;

    public static bool IsTrue(this JsonElement value, string name) => value.Member(name).ValueKind == JsonValueKind.True;
}
