using System.Text;

namespace MySqlConnector;

/// <summary>Puts the values of parameters into a statement, outside of its strings, quoted names and comments.</summary>
internal static class SqlText
{
    /// <summary>Makes the bytes to send, in UTF-8.</summary>
    /// <param name="sql">Text with <c>@name</c> or <c>?</c> in the place of values.</param>
    /// <param name="parameters">The values.</param>
    /// <param name="noBackslashEscapes">The session's <c>sql_mode</c> has <c>NO_BACKSLASH_ESCAPES</c>.</param>
    /// <exception cref="MySqlException">The statement names a parameter that is not there.</exception>
    internal static byte[] Bind(string sql, MySqlParameterCollection parameters, bool noBackslashEscapes)
    {
        var bound = new StringBuilder(sql.Length);
        var copied = 0;
        var positions = 0;
        for (var i = 0; i < sql.Length;)
        {
            var end = SkipToken(sql, i, noBackslashEscapes);
            if (end - i > 1 || (sql[i] is not '@' and not '?'))
            {
                i = end;
                continue;
            }

            end = EndOfName(sql, i + 1);
            var named = end > i + 1;
            if (sql[i] == '?' || named)
            {
                bound.Append(sql, copied, i - copied);
                var parameter = named ? parameters.Find(sql[i..end]) : parameters.At(positions++);
                SqlLiteral.Append(bound, parameter, noBackslashEscapes);
                copied = end;
            }

            i = end;
        }

        bound.Append(sql, copied, sql.Length - copied);
        return Encoding.UTF8.GetBytes(bound.ToString());
    }

    // The end of the string, quoted name, comment or single character that starts here.
    private static int SkipToken(string sql, int start, bool noBackslashEscapes)
    {
        switch (sql[start])
        {
            case '\'' or '"':
                return SkipQuoted(sql, start, !noBackslashEscapes);
            case '`':
                return SkipQuoted(sql, start, backslashEscapes: false);
            case '#':
                return SkipTo(sql, start, "\n");
            case '-' when Follows(sql, start, "--") && (start + 2 == sql.Length || sql[start + 2] <= ' '):
                return SkipTo(sql, start, "\n");
            case '/' when Follows(sql, start, "/*"):
                return SkipTo(sql, start + 2, "*/");
            case '@' when Follows(sql, start, "@@"):
                return start + 2;
            default:
                return start + 1;
        }
    }

    private static int SkipQuoted(string sql, int start, bool backslashEscapes)
    {
        var i = start + 1;
        for (; i < sql.Length && sql[i] != sql[start]; i++)
        {
            if (sql[i] == '\\' && backslashEscapes)
            {
                i++;
            }
        }

        // 'someone'@'%' is an account, not a parameter.
        i++;
        return Math.Min(sql.Length, i < sql.Length && sql[i] == '@' ? i + 1 : i);
    }

    private static int SkipTo(string sql, int start, string mark)
    {
        var found = sql.IndexOf(mark, start, StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + mark.Length;
    }

    private static bool Follows(string sql, int start, string token) =>
        string.CompareOrdinal(sql, start, token, 0, token.Length) == 0;

    private static int EndOfName(string sql, int start)
    {
        while (start < sql.Length && (char.IsAsciiLetterOrDigit(sql[start]) || sql[start] is '.' or '_' or '$' or >= '\u0080'))
        {
            start++;
        }

        return start;
    }
}
