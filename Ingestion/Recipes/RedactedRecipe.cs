using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Discovery.Ingestion.Recipes;

/// <summary>
/// Writes a recipe as JSON that may be shown: by DataHub's rules for the names of secret settings, and more strictly in what
/// it lets pass, since a default or an address can hold a password too.
/// </summary>
internal static partial class RedactedRecipe
{
    private const string Redacted = "********";

    // https://user:password@host
    private static readonly Regex PasswordInAddress = new(@"(://[^/?#\s:@]*:)\S+@", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly string[] SecretNames = ["password", "token", "secret", "options", "sqlalchemy_uri", "connection_string", "authorization", "extra_headers"];
    private static readonly string[] SecretEndings = ["password", "secret", "token", "key", "key_id", "key-id", "connection_string", "connection-string"];

    /// <summary>Writes the document, variables unresolved, on one line.</summary>
    public static string Write(RecipeMapping recipe)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, recipe);
        }
        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Whether a setting of this name holds a secret.</summary>
    public static bool IsSecret(string key) =>
        key.StartsWith(TemporaryFiles.Prefix, StringComparison.Ordinal)
        || SecretNames.Contains(key, StringComparer.OrdinalIgnoreCase)
        || SecretEndings.Any(ending => key.EndsWith("_" + ending, StringComparison.OrdinalIgnoreCase) || key.EndsWith("-" + ending, StringComparison.OrdinalIgnoreCase));

    private static void Write(Utf8JsonWriter json, RecipeNode node)
    {
        switch (node)
        {
            case RecipeMapping mapping:
                json.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    json.WritePropertyName(entry.Key);
                    if (IsSecret(entry.Key) && IsTelling(entry.Value))
                    {
                        json.WriteStringValue(Redacted);
                    }
                    else
                    {
                        Write(json, entry.Value);
                    }
                }
                json.WriteEndObject();
                break;
            case RecipeList list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }
                json.WriteEndArray();
                break;
            default:
                Write(json, ((RecipeScalar)node).Value);
                break;
        }
    }

    // Only a text that is a variable and nothing else is kept: "${PW:-hunter2}" tells the default.
    private static bool IsTelling(RecipeNode value) => value switch
    {
        RecipeScalar { Value: null or bool } => false,
        RecipeScalar { Value: string text } => !Variable().IsMatch(text),
        RecipeList list => list.Items.Count > 0,
        RecipeMapping mapping => mapping.Entries.Count > 0,
        _ => true,
    };

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case BigInteger whole:
                json.WriteRawValue(whole.ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case string text:
                json.WriteStringValue(PasswordInAddress.Replace(text, $"$1{Redacted}@"));
                break;
            default:
                json.WriteStringValue(value is RecipeDate date ? date.Text : value.ToString());
                break;
        }
    }

    [GeneratedRegex(@"\A\$(?:\w+|\{\w+\})\z")]
    private static partial Regex Variable();

}
