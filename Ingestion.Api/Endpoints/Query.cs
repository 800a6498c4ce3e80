using System.Globalization;

namespace Discovery.Ingestion.Api.Endpoints;

/// <summary>Checks values of a query, and says what is wrong with them.</summary>
internal static class Query
{
    public const int DefaultLimit = 50;
    public const string LimitDescription = "At most so many, from 1 to 200";
    public const string CursorDescription = "What the part before gave as next";

    private const int LargestLimit = 200;
    private const int LongestCursor = 100;

    /// <summary>A word of an enumeration; null where it is not given.</summary>
    public static string? Word<T>(string name, string? value)
        where T : struct, Enum =>
        value is null || Control.Word.TryRead<T>(value, out _) ? value : throw new Refusal(400, $"{name} must be one of {string.Join(", ", Control.Word.All<T>())}.");

    /// <summary>How many items of a list to give.</summary>
    public static int Limit(int value) => value is >= 1 and <= LargestLimit ? value : throw new Refusal(400, $"limit must be from 1 to {LargestLimit}.");

    /// <summary>Where a list goes on.</summary>
    public static string? Cursor(string? value) =>
        value is null or { Length: <= LongestCursor } ? value : throw new Refusal(400, "cursor must be what the part before gave as next.");

    /// <summary>The number of the line that an answer goes on after: that of the last event that a browser got, which it sends when it comes again.</summary>
    public static long After(long after, string? lastEvent) => lastEvent is null ? after
        : long.TryParse(lastEvent, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line
        : throw new Refusal(400, "Last-Event-ID must be the id of an event of this run.");
}
