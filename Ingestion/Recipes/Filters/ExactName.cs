using System.Text;

namespace Discovery.Ingestion.Recipes.Filters;

/// <summary>A pattern that is a name written in full: <c>^shop_eu$</c>, <c>shop\.eu$</c>.</summary>
internal static class ExactName
{
    private const string Operators = ".^$*+?{}[]|()";

    /// <summary>The name; null when the pattern matches others too.</summary>
    public static string? Of(string pattern)
    {
        if (!pattern.EndsWith('$'))
        {
            return null;
        }
        var inner = pattern[(pattern.StartsWith('^') ? 1 : 0)..^1];
        var name = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            var escaped = inner[i] == '\\';
            if (escaped && ++i == inner.Length)
            {
                return null;
            }
            // \d and \b are classes; \. and \_ are characters.
            if (escaped ? char.IsAsciiLetterOrDigit(inner[i]) : Operators.Contains(inner[i], StringComparison.Ordinal))
            {
                return null;
            }
            name.Append(inner[i]);
        }
        return name.Length > 0 ? name.ToString() : null;
    }
}
