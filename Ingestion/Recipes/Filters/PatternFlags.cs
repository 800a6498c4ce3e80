namespace Discovery.Ingestion.Recipes.Filters;

/// <summary>Flags of a Python pattern that can stand inside it.</summary>
[Flags]
internal enum PatternFlags
{
    None = 0,
    IgnoreCase = 1,
    MultiLine = 2,
    DotAll = 4,
    Verbose = 8,
    Ascii = 16,
    Unicode = 32,
}

/// <summary>Takes the letters of <c>(?i)</c>, <c>(?i:</c> and <c>(?i-s:</c>.</summary>
internal static class PatternFlagsText
{
    /// <summary>Takes the flags and what ends them.</summary>
    /// <returns>Flags switched on, flags switched off, and whether they begin a group (a colon) rather than being all of it.</returns>
    /// <exception cref="FormatException">They are malformed.</exception>
    public static (PatternFlags On, PatternFlags Off, bool IsGroup) Take(PatternText text, int start)
    {
        var on = TakeLetters(text, start);
        if (on.HasFlag(PatternFlags.Ascii | PatternFlags.Unicode))
        {
            throw text.Fault(start, "the flags 'a' and 'u' exclude each other");
        }
        var off = PatternFlags.None;
        if (text.TryTake('-'))
        {
            off = TakeLetters(text, start);
            if (off == PatternFlags.None || (off & (PatternFlags.Ascii | PatternFlags.Unicode)) != 0 || (on & off) != 0 || text.Peek != ':')
            {
                throw text.Fault(start, "only 'i', 'm', 's' and 'x' can be switched off, for a group: (?-i:...)");
            }
        }
        return text.TryTake(':') ? (on, off, true)
            : text.TryTake(')') ? (on, off, false)
            : throw text.Fault(start, "expected ':' or ')' after flags");
    }

    private static PatternFlags TakeLetters(PatternText text, int start) =>
        text.TakeWhile(char.IsAsciiLetter).Aggregate(PatternFlags.None, (flags, letter) => flags | letter switch
        {
            'i' => PatternFlags.IgnoreCase,
            'm' => PatternFlags.MultiLine,
            's' => PatternFlags.DotAll,
            'x' => PatternFlags.Verbose,
            'a' => PatternFlags.Ascii,
            'u' => PatternFlags.Unicode,
            _ => throw text.Fault(start, $"there is no flag '{letter}' for text"),
        });
}
