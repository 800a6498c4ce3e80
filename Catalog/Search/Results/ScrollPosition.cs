using System.Buffers.Text;
using System.Text.Json;

namespace Discovery.Catalog.Search.Results;

/// <summary>
/// Where a page ended: the place of its last match. It needs nothing of the server, and stays right when entities come, go or
/// change.
/// </summary>
/// <param name="Place">What <see cref="MatchOrder.Describe"/> tells of the last match.</param>
/// <param name="Rarities">How rare the words of the query were on the first page, as later ones have to score alike.</param>
internal sealed record ScrollPosition(IReadOnlyList<string?> Place, IReadOnlyList<float> Rarities)
{
    private const int MaxLength = 64 * 1024;

    /// <summary>The position as text that is safe in a query string.</summary>
    public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="CatalogException">It is something else.</exception>
    public static ScrollPosition Decode(string text)
    {
        try
        {
            if (text.Length <= MaxLength && JsonSerializer.Deserialize<ScrollPosition>(Base64Url.DecodeFromChars(text)) is { Place: not null, Rarities: not null } position)
            {
                return position;
            }
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
        }
        throw Malformed();
    }

    /// <summary>The refusal of a scroll id.</summary>
    public static CatalogException Malformed() =>
        new(CatalogFault.Argument, "the scroll id is malformed, or of another query; begin again without one");
}
