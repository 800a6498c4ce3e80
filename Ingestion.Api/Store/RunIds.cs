using System.Globalization;
using System.Security.Cryptography;

namespace Discovery.Ingestion.Api.Store;

/// <summary>Ids of runs: <c>20260131-081500123-k3x9</c>, the time in UTC to the millisecond and four letters.</summary>
internal static class RunIds
{
    private const string Format = "yyyyMMdd-HHmmssfff";

    /// <summary>An id that comes after all others, also when the clock was set back.</summary>
    /// <param name="now">The time.</param>
    /// <param name="last">The last id there is; null for none.</param>
    public static string After(DateTimeOffset now, string? last)
    {
        var time = now.UtcDateTime;
        if (last is not null && DateTime.TryParseExact(last.AsSpan(0, Format.Length), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var lastTime) && time < lastTime.AddMilliseconds(1))
        {
            time = lastTime.AddMilliseconds(1);
        }
        return string.Create(CultureInfo.InvariantCulture, $"{time.ToString(Format, CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 4)}");
    }
}
