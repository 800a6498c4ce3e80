using System.Text;

namespace Discovery.Web.Shell;

/// <summary>Writes the queries of addresses.</summary>
public static class QueryText
{
    /// <summary><c>?facet=tag&amp;page=2</c>; empty where nothing has a value.</summary>
    /// <param name="query">Names and values, as they are; those without a value are left out.</param>
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in query)
        {
            if (value is not null)
            {
                text.Append(text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
        return text.ToString();
    }
}
