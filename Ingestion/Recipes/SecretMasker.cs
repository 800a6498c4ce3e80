using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Recipes;

/// <summary>Replaces every secret of a run in a text. The one place that masks. Thread-safe.</summary>
public sealed class SecretMasker
{
    private const int ShortestSecret = 3;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();
    private volatile (string Form, string Replacement)[] _forms = [];

    /// <summary>Learns a value that must never be shown, with the name to show in its place.</summary>
    /// <param name="name">Shown instead, as <c>***name***</c>: the variable or the setting that the value came from.</param>
    /// <param name="value">The value; blank values and ones of fewer than 3 characters are not learned, since they would mask ordinary text.</param>
    public void Add(string name, string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length < ShortestSecret)
        {
            return;
        }
        lock (_lock)
        {
            if (Array.Exists(_forms, form => form.Form == value))
            {
                return;
            }
            var known = _forms.Select(form => form.Form).ToHashSet(StringComparer.Ordinal);
            _forms =
            [
                .. _forms.Concat(FormsOf(value).Where(known.Add).Select(form => (form, $"***{name}***")))
                    .OrderByDescending(form => form.Item1.Length).ThenBy(form => form.Item1, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>The text with every learned value replaced, longest first.</summary>
    public string Mask(string text)
    {
        var forms = _forms;
        if (forms.Length == 0 || !Array.Exists(forms, form => text.Contains(form.Form, StringComparison.Ordinal)))
        {
            return text;
        }
        // One pass from left to right, so that the name put in for one secret is never searched for another.
        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length;)
        {
            var rest = text.AsSpan(index);
            var (form, replacement) = FirstThatBegins(forms, rest);
            result.Append(replacement ?? rest[..1].ToString());
            index += form?.Length ?? 1;
        }
        return result.ToString();
    }

    /// <summary>A JSON text with every learned value replaced inside its texts; numbers and the names of members stay, so that it remains JSON.</summary>
    public string MaskJson(string json)
    {
        if (ReferenceEquals(Mask(json), json))
        {
            return json;
        }
        var result = new StringBuilder(json.Length);
        for (var index = 0; index < json.Length;)
        {
            var end = json[index] == '"' ? EndOfText(json, index) : index + 1;
            var piece = json[index..end];
            index = end;
            if (piece.Length > 1 && !json.AsSpan(end).TrimStart().StartsWith(":"))
            {
                var text = JsonSerializer.Deserialize<string>(piece)!;
                piece = Mask(text) is var masked && masked != text ? JsonSerializer.Serialize(masked, Readable) : piece;
            }
            result.Append(piece);
        }
        return result.ToString();
    }

    private static int EndOfText(string json, int quote)
    {
        var end = quote + 1;
        while (json[end] != '"')
        {
            end += json[end] == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    private static (string? Form, string? Replacement) FirstThatBegins((string Form, string Replacement)[] forms, ReadOnlySpan<char> text)
    {
        foreach (var (form, replacement) in forms)
        {
            if (text.StartsWith(form, StringComparison.Ordinal))
            {
                return (form, replacement);
            }
        }
        return default;
    }

    /// <summary>The ways in which a value comes up in texts: as it is, inside JSON, on a terminal, inside an address.</summary>
    private static IEnumerable<string> FormsOf(string value) =>
    [
        value,
        JsonEncodedText.Encode(value).ToString(),
        JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        PrintableText.Of(value),
        Uri.EscapeDataString(value),
        System.Net.WebUtility.UrlEncode(value),
    ];
}
