using System.Globalization;

namespace Discovery.Catalog.Pages.Views;

/// <summary>Shortens texts without tearing a character apart.</summary>
internal static class ShortText
{
    /// <summary>At most so many characters as people see them, the last an ellipsis where something was cut off.</summary>
    public static string Cut(string text, int most) => Cut(text, most, _ => 1);

    /// <summary>
    /// Cuts to a width in columns of a typical font: East Asian characters and pictographs are two wide. For pictures, where no browser
    /// cuts what does not fit.
    /// </summary>
    public static string CutToWidth(string text, int columns) => Cut(text, columns, element => IsWide(element) ? 2 : 1);

    private static string Cut(string text, int most, Func<ReadOnlySpan<char>, int> widthOf)
    {
        var width = 0;
        var lastFit = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            width += widthOf(text.AsSpan(at, length));
            if (width > most)
            {
                return string.Concat(text.AsSpan(0, lastFit), "…");
            }
            at += length;
            if (width < most)
            {
                lastFit = at;
            }
        }
        return text;
    }

    private static bool IsWide(ReadOnlySpan<char> element) =>
        element[0] is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF')
            or (>= '\uFF00' and <= '\uFF60') || char.IsHighSurrogate(element[0]);
}
