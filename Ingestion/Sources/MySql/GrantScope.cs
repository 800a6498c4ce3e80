namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Where an account holds a right itself: everywhere, on databases by pattern, on single tables.</summary>
/// <remarks>A grant through a role is not listed by the server.</remarks>
internal sealed class GrantScope
{
    private readonly HashSet<(string Schema, string Table)> _tables = [];
    private readonly List<string> _schemaPatterns = [];
    private bool _global;

    /// <summary>Adds a grant: a global one without schema, one on databases without table.</summary>
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

    /// <summary>Whether the right is held on a whole database.</summary>
    public bool Covers(string schema) => _global || _schemaPatterns.Exists(pattern => Like(pattern, schema));

    /// <summary>Whether the right is held on a table or view, be it with its database.</summary>
    public bool Covers(string schema, string table) => _tables.Contains((schema, table)) || Covers(schema);

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
