using System.Text;
using System.Text.Json;

namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>The bytes of a recipe, or of another file of settings, turned into one mapping.</summary>
public static class RecipeDocument
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a document; null when that failed, with the reason in <paramref name="problems"/>.</summary>
    /// <param name="bytes">Its content, UTF-8.</param>
    /// <param name="format">Its syntax.</param>
    /// <param name="kind">What it is, for messages.</param>
    /// <param name="problems">Takes the faults; a fault of the document is never thrown.</param>
    public static RecipeMapping? Read(ReadOnlyMemory<byte> bytes, RecipeFormat format, DocumentKind kind, ProblemList problems)
    {
        try
        {
            var utf8 = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
            return Read(StrictUtf8.GetString(utf8.Span), utf8.Span, format, problems) switch
            {
                RecipeMapping mapping => mapping,
                null or RecipeScalar { Value: null } => throw new RecipeSyntaxException(default, $"the {kind.Name} is empty; it needs at least {kind.Keys}"),
                var other => throw new RecipeSyntaxException(other.Position, $"a {kind.Name} is a mapping with {kind.Keys}; this is {other.Kind}"),
            };
        }
        catch (RecipeSyntaxException fault)
        {
            problems.Error(fault.Position, fault.Message);
        }
        catch (DecoderFallbackException fault)
        {
            problems.Error(default, $"not UTF-8 text: byte {fault.Index + 1} fits no character; save the {kind.Name} as UTF-8");
        }
        return null;
    }

    private static RecipeNode? Read(string text, ReadOnlySpan<byte> utf8, RecipeFormat format, ProblemList problems) => format switch
    {
        RecipeFormat.Json => JsonReader.Read(utf8, problems),
        RecipeFormat.Toml => TomlReader.Read(text),
        _ => YamlReader.Read(text, problems),
    };

    /// <summary>
    /// Takes the envelope apart in which a caller may hand over a recipe and its secrets together:
    /// <c>{"__recipe_yaml__": "source: ...", "__secrets__": {"MYSQL_PASSWORD": "..."}}</c>. Null for any other text.
    /// </summary>
    internal static (ReadOnlyMemory<byte> Recipe, IReadOnlyDictionary<string, string> Secrets)? TryOpenEnvelope(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.IndexOf("__recipe_yaml__"u8) < 0)
        {
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("__recipe_yaml__", out var recipe)
                || recipe.ValueKind != JsonValueKind.String)
            {
                return null;
            }
            var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
            if (json.RootElement.TryGetProperty("__secrets__", out var values) && values.ValueKind == JsonValueKind.Object)
            {
                foreach (var secret in values.EnumerateObject().Where(secret => secret.Value.ValueKind == JsonValueKind.String))
                {
                    secrets[secret.Name] = secret.Value.GetString()!;
                }
            }
            return (Encoding.UTF8.GetBytes(recipe.GetString()!), secrets);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
