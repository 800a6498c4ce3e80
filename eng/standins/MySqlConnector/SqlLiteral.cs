using System.Globalization;
using System.Text;

namespace MySqlConnector;

/// <summary>Writes a value as SQL.</summary>
internal static class SqlLiteral
{
    /// <summary>Appends the parameter's value.</summary>
    /// <exception cref="NotSupportedException">The value's type has no SQL form here.</exception>
    internal static void Append(StringBuilder sql, MySqlParameter parameter, bool noBackslashEscapes)
    {
        switch (parameter.Value)
        {
            case null or DBNull:
                sql.Append("NULL");
                break;
            case string text:
                AppendString(sql, text, noBackslashEscapes);
                break;
            case bool truth:
                sql.Append(truth ? "true" : "false");
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                sql.Append(CultureInfo.InvariantCulture, $"{parameter.Value}");
                break;
            case float or double:
                sql.Append(((IFormattable)parameter.Value).ToString("R", CultureInfo.InvariantCulture));
                break;
            case DateTime time:
                sql.Append(CultureInfo.InvariantCulture, $"timestamp('{time:yyyy-MM-dd HH:mm:ss.ffffff}')");
                break;
            case byte[] bytes:
                sql.Append("X'").Append(Convert.ToHexString(bytes)).Append('\'');
                break;
            default:
                throw new NotSupportedException($"Parameter type {parameter.Value.GetType().Name} is not supported (parameter name: {parameter.ParameterName}).");
        }
    }

    private static void AppendString(StringBuilder sql, string text, bool noBackslashEscapes)
    {
        sql.Append('\'');
        foreach (var c in text)
        {
            _ = c switch
            {
                '\'' => sql.Append("''"),
                '\\' when !noBackslashEscapes => sql.Append(@"\\"),
                '\0' when !noBackslashEscapes => sql.Append(@"\0"),
                _ => sql.Append(c),
            };
        }

        sql.Append('\'');
    }
}
