namespace Discovery.Embedded.LocalMySql;

/// <summary>One statement of a script.</summary>
/// <param name="Line">Line of the script on which it starts, counted from 1.</param>
/// <param name="Text">The statement without its delimiter.</param>
internal readonly record struct SqlStatement(int Line, string Text);

/// <summary>Splits a script for MySQL's command line client into statements, with its DELIMITER lines.</summary>
internal static class SqlScript
{
    /// <summary>The statements in order. A <c>--</c> comment needs a blank after it, as in MySQL.</summary>
    public static IEnumerable<SqlStatement> Split(string script)
    {
        var delimiter = ";";
        var start = -1;
        var line = 1;
        var startLine = 1;
        for (var i = 0; i < script.Length;)
        {
            var rest = script.AsSpan(i);
            if (start < 0 && rest.StartsWith("delimiter ", StringComparison.OrdinalIgnoreCase))
            {
                var end = LineEnd(script, i);
                delimiter = script[(i + "delimiter ".Length)..end].Trim();
                i = end;
            }
            else if (rest.StartsWith(delimiter, StringComparison.Ordinal))
            {
                if (start >= 0)
                {
                    yield return new SqlStatement(startLine, script[start..i].TrimEnd());
                }
                start = -1;
                i += delimiter.Length;
            }
            else
            {
                var next = TokenEnd(script, i);
                if (start < 0 && !char.IsWhiteSpace(script[i]) && !IsComment(rest))
                {
                    (start, startLine) = (i, line);
                }
                line += script.AsSpan(i, next - i).Count('\n');
                i = next;
            }
        }
        if (start >= 0)
        {
            yield return new SqlStatement(startLine, script[start..].TrimEnd());
        }
    }

    // /*! ... */ and MariaDB's /*M! ... */ are statements.
    private static bool IsComment(ReadOnlySpan<char> rest) =>
        IsLineComment(rest) || (rest.StartsWith("/*") && !rest.StartsWith("/*!") && !rest.StartsWith("/*M!"));

    private static bool IsLineComment(ReadOnlySpan<char> rest) =>
        rest[0] == '#' || (rest.StartsWith("--") && (rest.Length == 2 || char.IsWhiteSpace(rest[2])));

    /// <summary>End of the comment, quoted text or single character at <paramref name="i"/>.</summary>
    private static int TokenEnd(string script, int i)
    {
        if (IsLineComment(script.AsSpan(i)))
        {
            return LineEnd(script, i);
        }
        if (script.AsSpan(i).StartsWith("/*"))
        {
            var close = script.IndexOf("*/", i + 2, StringComparison.Ordinal);
            return close < 0 ? script.Length : close + 2;
        }
        return script[i] is '\'' or '"' or '`' ? QuoteEnd(script, i) : i + 1;
    }

    private static int QuoteEnd(string script, int i)
    {
        var quote = script[i++];
        while (i < script.Length && script[i] != quote)
        {
            i += script[i] == '\\' && quote != '`' ? 2 : 1;
        }
        return Math.Min(i + 1, script.Length);
    }

    private static int LineEnd(string script, int i)
    {
        var end = script.IndexOf('\n', i);
        return end < 0 ? script.Length : end;
    }
}
