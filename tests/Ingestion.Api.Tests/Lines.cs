using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests;

/// <summary>Lines of log.</summary>
internal static class Lines
{
    public static LogLine Of(long number, string? text = null) => new(number, DateTimeOffset.UnixEpoch.AddSeconds(number), LogLineLevel.Info, text ?? $"line {number}");

    public static LogLine[] Of(Range numbers) => [.. Enumerable.Range(numbers.Start.Value, numbers.End.Value - numbers.Start.Value).Select(number => Of(number))];
}
