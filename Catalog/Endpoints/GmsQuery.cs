using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Discovery.Catalog.Endpoints;

/// <summary>The query members of a request.</summary>
internal readonly struct GmsQuery(HttpRequest request)
{
    /// <summary>A member's text; null where it is absent or empty.</summary>
    public string? Text(string name) => request.Query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

    /// <summary>A member's text.</summary>
    /// <exception cref="CatalogException">It is absent.</exception>
    public string Required(string name) => Text(name) ?? throw new CatalogException(CatalogFault.Argument, $"The query member '{name}' is missing.");

    /// <summary>A number from 0 up.</summary>
    public int Count(string name, int otherwise) =>
        Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new CatalogException(CatalogFault.Argument, $"The query member '{name}' is '{text}'; a whole number from 0 up is expected.");

    /// <summary>Any whole number.</summary>
    public long Number(string name, long otherwise) =>
        Text(name) is not { } text ? otherwise
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new CatalogException(CatalogFault.Argument, $"The query member '{name}' is '{text}'; a whole number is expected.");

    /// <summary>A switch, such as <c>true</c>, <c>True</c>.</summary>
    public bool Flag(string name, bool otherwise = false) =>
        Text(name) is not { } text ? otherwise
        : bool.TryParse(text, out var flag) ? flag
        : throw new CatalogException(CatalogFault.Argument, $"The query member '{name}' is '{text}'; true or false is expected.");

    /// <summary>
    /// Several values: <c>a=1&amp;a=2</c>, <c>a=1,2</c> or Rest.li's <c>a=List(1,2)</c>. A comma inside the parentheses of a urn does not
    /// part two values, nor does an encoded one in a list. Null where the member is absent.
    /// </summary>
    public IReadOnlyList<string>? List(string name)
    {
        List<string>? values = null;
        foreach (var member in (request.QueryString.Value ?? "").TrimStart('?').Split('&'))
        {
            var equals = member.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0 && string.Equals(Decode(member[..equals]), name, StringComparison.OrdinalIgnoreCase))
            {
                (values ??= []).AddRange(ListItems(member[(equals + 1)..]));
            }
        }
        return values;
    }

    private static IEnumerable<string> ListItems(string raw)
    {
        if (Inside(raw) is { } encoded)
        {
            return SplitOutside(encoded).Select(Decode);
        }
        var text = Decode(raw);
        return SplitOutside(Inside(text) ?? text);
    }

    /// <summary>The <c>a,b</c> of <c>List(a,b)</c>.</summary>
    private static string? Inside(string text) =>
        text.StartsWith("List(", StringComparison.Ordinal) && text.EndsWith(')') ? text["List(".Length..^1] : null;

    private static IEnumerable<string> SplitOutside(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth <= 0))
            {
                if (i > start)
                {
                    yield return text[start..i];
                }
                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
