using System.Text;
using System.Text.Json;

namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>The bytes of a recipe turned into one mapping.</summary>
internal static class RecipeDocument
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a recipe; null when that failed, with the reason in <paramref name="problems"/>.</summary>
    public static RecipeMapping? Read(ReadOnlyMemory<byte> bytes, RecipeFormat format, ProblemList problems)
    {
        try
        {
            var utf8 = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
            return Read(StrictUtf8.GetString(utf8.Span), utf8.Span, format, problems) switch
            {
                RecipeMapping mapping => mapping,
                null or RecipeScalar { Value: null } => throw new RecipeSyntaxException(default, "the recipe is empty; it needs at least 'source' and 'sink'"),
                var other => throw new RecipeSyntaxException(other.Position, $"a recipe is a mapping with the keys 'source' and 'sink'; this is {other.Kind}"),
            };
        }
        catch (RecipeSyntaxException fault)
        {
            problems.Error(fault.Position, fault.Message);
        }
        catch (DecoderFallbackException fault)
        {
            problems.Error(default, $"not UTF-8 text: byte {fault.Index + 1} fits no character; save the recipe as UTF-8");
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
    public static (ReadOnlyMemory<byte> Recipe, IReadOnlyDictionary<string, string> Secrets)? TryOpenEnvelope(ReadOnlyMemory<byte> bytes)
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
