using System.Text.Json;

namespace Discovery.Ingestion.Api;

/// <summary>The words of an enumeration as they stand in JSON, in queries and in the store: <c>dry_run</c>.</summary>
internal static class Word<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words = Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    private static readonly Dictionary<string, T> Values = Words.ToDictionary(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal);

    /// <summary>All of them, for messages.</summary>
    public static IEnumerable<string> All => Values.Keys;

    public static string Of(T value) => Words[value];

    public static T Read(string word) => Values[word];

    public static bool TryRead(string word, out T value) => Values.TryGetValue(word, out value);
}
