using System.Text.RegularExpressions;
using Discovery.Ingestion.Pipeline;

namespace Discovery.Ingestion.Recipes.Filters;

/// <summary>
/// A Python regular expression, matched like <c>re.match</c>: anchored at the start, free at the end. It runs in linear time
/// where it can; one with look-around, back-references or the like runs with a time-out.
/// </summary>
internal sealed class PythonRegex
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    private readonly string _pattern;
    private readonly Regex? _regex;

    /// <summary>Translates a pattern.</summary>
    /// <exception cref="FormatException">It is not a Python regular expression; the message says what and where.</exception>
    public PythonRegex(string pattern, bool ignoreCase)
    {
        _pattern = pattern;
        if (pattern == ".*")
        {
            return;
        }
        var translation = PythonRegexTranslator.Translate(pattern, ignoreCase);
        var options = RegexOptions.CultureInvariant | (translation.NeedsBacktracking ? RegexOptions.None : RegexOptions.NonBacktracking);
        _regex = new Regex(translation.Pattern, options, LongestMatch);
    }

    /// <summary>Whether the text matches from its first character on.</summary>
    /// <exception cref="SourceException">It took too long.</exception>
    public bool IsMatchAtStart(string text)
    {
        try
        {
            return _regex is null || _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new SourceException($"The pattern '{_pattern}' took longer than {LongestMatch.TotalSeconds:0} s on the name '{text}'. Write it without look-around, back-references and repetitions inside repetitions.");
        }
    }
}
