using System.Text.Encodings.Web;
using System.Text.Json;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Pages.Views;

/// <summary>An aspect as JSON for people.</summary>
/// <param name="Name">Name of the aspect.</param>
/// <param name="Json">Its value on many lines.</param>
/// <param name="SystemMetadata">Its system metadata on many lines.</param>
/// <param name="IsCut">Whether the value goes on behind the end of <paramref name="Json"/>.</param>
public sealed record RawAspect(string Name, string Json, string SystemMetadata, bool IsCut)
{
    private const int MostCharacters = 200_000;

    // Letters of all scripts stay readable; what HTML needs encoded is encoded by the page.
    private static readonly JsonSerializerOptions Style = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static RawAspect Of(StoredAspect aspect)
    {
        var json = Pretty(aspect.Value);
        var isCut = json.Length > MostCharacters;
        return new RawAspect(aspect.Aspect, isCut ? json[..MostCharacters] : json, Pretty(aspect.SystemMetadata), isCut);
    }

    private static string Pretty(ReadOnlyMemory<byte> json) => AspectSet.Parse(json) is { ValueKind: not JsonValueKind.Undefined } value
        ? JsonSerializer.Serialize(value, Style)
        : System.Text.Encoding.UTF8.GetString(json.Span);
}
