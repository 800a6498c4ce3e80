using System.Globalization;
using System.Text;

namespace Discovery.Ingestion.Reports;

/// <summary>Text that is not ours (names, comments, answers of servers), made fit for one line of a terminal.</summary>
public static class PrintableText
{
    /// <summary>
    /// The text with each character that could move the cursor, end the line or turn the direction of writing written as
    /// <c>\u001B</c>.
    /// </summary>
    public static string Of(string text)
    {
        if (!text.Any(IsUnprintable))
        {
            return text;
        }
        var result = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = IsUnprintable(character) ? result.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}") : result.Append(character);
        }
        return result.ToString();
    }

    private static bool IsUnprintable(char character) =>
        char.IsControl(character) || character is '\u061C' or (>= '\u200E' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
