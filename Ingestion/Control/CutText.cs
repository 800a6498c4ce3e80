using System.Diagnostics.CodeAnalysis;

namespace Discovery.Ingestion.Control;

/// <summary>Texts that are kept up to a length.</summary>
public static class CutText
{
    /// <summary>The text, or where it is too long what fits of it with an ellipsis.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">Characters of the result, at most; 2 or more.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text, int longest)
    {
        if (text is null || text.Length <= longest)
        {
            return text;
        }
        // Not between the two halves of a character.
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return $"{text.AsSpan(0, end)}…";
    }
}
