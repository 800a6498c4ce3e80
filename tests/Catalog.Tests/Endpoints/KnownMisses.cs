namespace Discovery.Catalog.Tests.Endpoints;

/// <summary>Tests of the conformance kit that the catalog does not pass yet, each with the reason.</summary>
internal static class KnownMisses
{
    public static IReadOnlyList<(string File, string Test, string Reason)> All { get; } =
    [
    ];

    public static IReadOnlyList<string> Of(string file) =>
        [.. All.Where(miss => miss.File == file).Select(miss => miss.Test).Order(StringComparer.Ordinal)];
}
