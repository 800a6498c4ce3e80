using YamlDotNet.Core;

namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>
/// Reads <c>\$</c> in a double-quoted YAML text as <c>$</c>, with a warning. YAML does not know that escape, but early recipes
/// were written with it, since DataHub's client of then expanded variables before it parsed:
/// <code>
/// allow:
///   - "^my_project.my_dataset.my_good_table\$"
/// </code>
/// </summary>
internal static class DollarEscapes
{
    // Each repair parses the text again; this bounds what a hostile recipe can cost.
    private const long MostCharactersParsed = 64_000_000;

    public static string Repair(string text, ProblemList problems)
    {
        if (!text.Contains("\\$", StringComparison.Ordinal))
        {
            return text;
        }
        for (long parsed = 0; parsed < MostCharactersParsed; parsed += text.Length + 1)
        {
            if (FirstInvalidEscape(text) is not { } index)
            {
                return text;
            }
            if (parsed == 0)
            {
                problems.Warning(PositionOf(text, index), "'\\$' is no escape of YAML; it is read as '$', as older versions of DataHub's client did. Write '$' alone, or use single quotes");
            }
            // "\${X}" meant the text ${X}: the backslash stays for the expansion of variables, which takes it away.
            var keepBackslash = index + 2 < text.Length && text[index + 2] == '{';
            text = string.Concat(text.AsSpan(0, index), keepBackslash ? "\\\\" : "\\x24", text.AsSpan(index + (keepBackslash ? 1 : 2)));
        }
        return text;
    }

    /// <summary>Where the parser stops because of <c>\$</c>, null if it does not.</summary>
    private static int? FirstInvalidEscape(string text)
    {
        var parser = new YamlParser(text);
        try
        {
            while (parser.MoveNext())
            {
            }
            return null;
        }
        catch (YamlException fault)
        {
            var end = (int)Math.Min(fault.End.Index + 2, text.Length);
            var index = end > 0 ? text.LastIndexOf("\\$", end - 1, Math.Min(end, 4), StringComparison.Ordinal) : -1;
            return index < 0 ? null : index;
        }
    }

    private static RecipePosition PositionOf(string text, int index)
    {
        var before = text.AsSpan(0, index);
        return new RecipePosition(before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
