using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Discovery.Deploy.Airflow;

/// <summary>Python literals of ASCII alone: no text can end the literal that it stands in, and no editor or console can show it as something else.</summary>
internal static class PythonText
{
    private const string Indentation = "    ";

    /// <summary>A text.</summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            literal.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                >= ' ' and <= '~' => rune.ToString(),
                _ => $"\\U{rune.Value.ToString("x8", CultureInfo.InvariantCulture)}",
            });
        }
        return literal.Append('"').ToString();
    }

    /// <summary>A mapping, list, text, number or switch, over as many lines as it has members.</summary>
    /// <param name="node">What to write.</param>
    /// <param name="depth">How deep the line is indented that it begins on.</param>
    public static string Of(JsonNode node, int depth = 0) => node switch
    {
        JsonObject { Count: 0 } => "{}",
        JsonArray { Count: 0 } => "[]",
        JsonObject mapping => Lines('{', mapping.Select(member => $"{Of(member.Key)}: {Of(member.Value!, depth + 1)}"), '}', depth),
        JsonArray list => Lines('[', list.Select(item => Of(item!, depth + 1)), ']', depth),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            JsonValueKind.Number => node.ToJsonString(),
            _ => Of(node.GetValue<string>()),
        },
    };

    private static string Lines(char open, IEnumerable<string> members, char close, int depth)
    {
        var indentation = string.Concat(Enumerable.Repeat(Indentation, depth));
        return $"{open}\n{string.Concat(members.Select(member => $"{indentation}{Indentation}{member},\n"))}{indentation}{close}";
    }
}
