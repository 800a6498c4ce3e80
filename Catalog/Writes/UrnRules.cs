using System.Globalization;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes;

/// <summary>What a urn must be like to be written.</summary>
internal static class UrnRules
{
    /// <summary>Most bytes of a urn, percent-encoded as in a path.</summary>
    private const int MaxEncodedBytes = 512;

    /// <summary>U+241F, which stands between the parts of a name in patches.</summary>
    private const char UnitSeparator = '\u241f';

    /// <summary>Takes the urn apart that names an entity of this type.</summary>
    /// <exception cref="CatalogException">The text is no urn, of another type, or none that may be written.</exception>
    public static Urn Parse(string text, EntityType entity)
    {
        if (!Urn.TryParse(text, out var urn))
        {
            throw Refuse($"'{text}' is not a urn; urn:li:{entity.Name}:... is expected, with balanced parentheses and no empty part");
        }
        if (!string.Equals(urn.EntityType, entity.Name, StringComparison.Ordinal))
        {
            throw Refuse($"Urn '{text}' is of the entity type {urn.EntityType}, but the proposal says {entity.Name}");
        }
        if (char.IsWhiteSpace(text[^1]))
        {
            throw Refuse($"Urn '{text}' ends with a blank");
        }
        if (text.Contains(UnitSeparator))
        {
            throw Refuse($"Urn '{text}' has the character U+241F, which is kept for patches");
        }
        // The urn of a column has that of its table in it.
        if (entity.Name != "schemaField" && EncodedLength(text) is > MaxEncodedBytes and var length)
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"Urn '{text}' has {length} bytes when percent-encoded; {MaxEncodedBytes} are allowed"));
        }
        return EntityKey.Of(entity).FaultOf(urn) is { } fault ? throw Refuse(fault) : urn;
    }

    /// <summary>Bytes of the text as a form field: letters, digits, <c>.-*_</c> and blanks (<c>+</c>) take one byte, all others three for each of theirs.</summary>
    private static int EncodedLength(string text)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            length += rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '.' or '-' or '*' or '_' or ' ')
                ? 1
                : 3 * rune.Utf8SequenceLength;
        }
        return length;
    }

    private static CatalogException Refuse(string message) => new(CatalogFault.Argument, message);
}
