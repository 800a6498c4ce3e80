namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Of which views the account may read the text: the grants of SHOW VIEW that it holds, asked once.</summary>
/// <remarks>A grant through a role is not listed by the server; with an active role every view is tried.</remarks>
internal sealed class ShowViewRight
{
    private readonly HashSet<(string Schema, string Table)> _tables = [];
    private readonly List<string> _schemaPatterns = [];
    private bool _global;

    /// <summary>Adds one row of <see cref="InformationSchema.Grants"/>, of a right SHOW VIEW.</summary>
    public void Add(string? schemaPattern, string? table)
    {
        if (schemaPattern is null)
        {
            _global = true;
        }
        else if (table is null)
        {
            _schemaPatterns.Add(schemaPattern);
        }
        else
        {
            _tables.Add((schemaPattern, table));
        }
    }

    /// <summary>The account has a role, whose grants are not listed.</summary>
    public void HasRole() => _global = true;

    /// <summary>Whether it is worth asking for the text of a view.</summary>
    public bool Allows(string schema, string view) =>
        _global || _schemaPatterns.Exists(pattern => Like(pattern, schema)) || _tables.Contains((schema, view));

    /// <summary>SQL's LIKE as grants use it: <c>%</c> any text, <c>_</c> one character, <c>\</c> takes the next one literally.</summary>
    internal static bool Like(string pattern, string text)
    {
        var (p, t, afterStar, retry) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            var escaped = p + 1 < pattern.Length && pattern[p] == '\\';
            var literal = escaped ? pattern[p + 1] : p < pattern.Length ? pattern[p] : '\0';
            if (!escaped && literal == '%')
            {
                (afterStar, retry) = (++p, t);
            }
            else if (p < pattern.Length && (char.ToLowerInvariant(literal) == char.ToLowerInvariant(text[t]) || (!escaped && literal == '_')))
            {
                (p, t) = (p + (escaped ? 2 : 1), t + 1);
            }
            else if (afterStar >= 0)
            {
                (p, t) = (afterStar, ++retry);
            }
            else
            {
                return false;
            }
        }
        return pattern[p..].All(character => character == '%');
    }
}
