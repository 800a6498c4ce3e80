using System.Text.RegularExpressions;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input.Forms;

/// <summary>A text of which a regular expression says everything.</summary>
/// <param name="expected">What it is, with an example.</param>
/// <param name="pattern">The expression, from <c>^</c> to <c>$</c>.</param>
internal class TextPatternAttribute(string expected, string pattern) : TextFormAttribute(expected)
{
    private readonly Regex _expression = new(pattern[..^1] + @"\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <inheritdoc/>
    public sealed override string Pattern { get; } = pattern;

    /// <inheritdoc/>
    public override bool Takes(string text) => _expression.IsMatch(text);
}
