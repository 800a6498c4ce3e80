using System.Globalization;
namespace Discovery.Ingestion.Api.Endpoints;

/// <summary>Reads values of a query, and says what is wrong with them.</summary>
internal static class Query
{
    private const int DefaultLimit = 50;
    private const int LargestLimit = 200;

    /// <summary>A word of an enumeration; null where it is not given.</summary>
    public static string? Word<T>(string name, string? value)
        where T : struct, Enum =>
        value is null || Api.Word<T>.TryRead(value, out _) ? value : throw new Refusal(400, $"{name} must be one of {string.Join(", ", Api.Word<T>.All)}.");

    /// <summary>How many items of a list to give.</summary>
    public static int Limit(string? value) => value is null ? DefaultLimit
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LargestLimit ? limit
        : throw new Refusal(400, $"limit must be from 1 to {LargestLimit}.");

    /// <summary>The number of a line, 0 for none.</summary>
    public static long Line(string name, string? value) => value is null ? 0
        : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line
        : throw new Refusal(400, $"{name} must be the number of a line.");

    /// <summary>A yes or no, no where it is not given.</summary>
    public static bool Flag(string name, string? value) => value switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new Refusal(400, $"{name} must be true or false."),
    };

    /// <summary>Where a list goes on: the id of the last run of the part before.</summary>
    public static string? Cursor(string? value) => value is null or { Length: <= 40 } ? value : throw new Refusal(400, "cursor must be what the part before gave as next.");
}
