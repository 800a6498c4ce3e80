using System.Diagnostics.CodeAnalysis;

namespace Discovery.Metadata;

/// <summary>
/// A DataHub urn taken apart: <c>urn:li:dataset:(urn:li:dataPlatform:mysql,shop.orders,PROD)</c> has the entity type
/// <c>dataset</c> and three parts. The text is kept as it was; parts are not percent-decoded.
/// </summary>
public sealed class Urn : IEquatable<Urn>
{
    private const string Prefix = "urn:li:";
    private readonly string _text;

    private Urn(string text, string entityType, IReadOnlyList<string> parts)
    {
        _text = text;
        EntityType = entityType;
        Parts = parts;
    }

    /// <summary>DataHub's entity type, such as <c>dataset</c>.</summary>
    public string EntityType { get; }

    /// <summary>
    /// The parts of the key in order: those between the commas of <c>(a,(b,c),d)</c>, nested parentheses whole, or the
    /// one text of a key without parentheses. At least one, none empty.
    /// </summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Takes a urn apart.</summary>
    /// <exception cref="FormatException">The text is not a urn; the message says why.</exception>
    public static Urn Parse(string text) => TryParse(text, out var urn, out var fault) ? urn : throw new FormatException(fault);

    /// <summary>Takes a urn apart, where the text is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Urn? urn) => TryParse(text, out urn, out _);

    /// <summary>The dataset in <c>urn:li:schemaField:(urn:li:dataset:(..),path)</c>; null for urns of other types, and for text that is none.</summary>
    public static string? DatasetOfField(string urn) => TryParse(urn, out var parsed) && parsed is { EntityType: "schemaField", Parts.Count: 2 } ? parsed.Parts[0] : null;

    /// <summary>The urn as it was written.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(Urn? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Urn);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    private static bool TryParse(string? text, [NotNullWhen(true)] out Urn? urn, [NotNullWhen(false)] out string? fault)
    {
        urn = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            fault = $"'{text}' is not a urn: it does not start with '{Prefix}'.";
            return false;
        }
        var colon = text.IndexOf(':', Prefix.Length);
        if (colon <= Prefix.Length || colon == text.Length - 1)
        {
            fault = $"'{text}' is not a urn: '{Prefix}<entity type>:<key>' is expected.";
            return false;
        }
        var key = text[(colon + 1)..];
        var parts = key[0] == '(' ? SplitTuple(key) : [key];
        if (parts is null)
        {
            fault = $"'{text}' is not a urn: its parentheses do not match or a part is empty.";
            return false;
        }
        urn = new Urn(text, text[Prefix.Length..colon], parts);
        fault = null;
        return true;
    }

    /// <summary>Splits <c>(a,(b,c),d)</c> at the commas of its outermost level; null when it is no tuple.</summary>
    private static List<string>? SplitTuple(string tuple)
    {
        var parts = new List<string>();
        var depth = 0;
        var start = 1;
        for (var i = 0; i < tuple.Length; i++)
        {
            switch (tuple[i])
            {
                case '(':
                    depth++;
                    break;
                case ',' when depth == 1:
                case ')' when --depth == 0:
                    if (i == start)
                    {
                        return null;
                    }
                    parts.Add(tuple[start..i]);
                    start = i + 1;
                    break;
            }
            if (depth == 0)
            {
                return i == tuple.Length - 1 ? parts : null;
            }
        }
        return null;
    }
}
