using System.Text.Json;

namespace Discovery.Ingestion.Control;

/// <summary>The words of enumerations as they stand in JSON, in queries and in the store: <c>dry_run</c>.</summary>
public static class Word
{
    /// <summary>All of an enumeration, for messages.</summary>
    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Known<T>.Values.Keys;

    /// <summary>The word of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Known<T>.Words[value];

    /// <summary>The value of a word.</summary>
    /// <exception cref="KeyNotFoundException">It is none of them.</exception>
    public static T Read<T>(string word)
        where T : struct, Enum => Known<T>.Values[word];

    /// <summary>The value of a word, where it is one of them.</summary>
    public static bool TryRead<T>(string word, out T value)
        where T : struct, Enum => Known<T>.Values.TryGetValue(word, out value);

    private static class Known<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Words = Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
        public static readonly Dictionary<string, T> Values = Words.ToDictionary(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal);
    }
}
