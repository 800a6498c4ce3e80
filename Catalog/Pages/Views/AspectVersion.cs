using Discovery.Catalog.Store;
using Discovery.Metadata;

namespace Discovery.Catalog.Pages.Views;

/// <summary>One version of an aspect, and how it differs from the one before.</summary>
/// <param name="Aspect">Name of the aspect.</param>
/// <param name="Number">Which version of those that are kept, from 1 for the oldest.</param>
/// <param name="IsCurrent">Whether it holds now.</param>
/// <param name="IsOldest">Whether no version before it is kept; it has no differences then.</param>
/// <param name="Written">When it was written.</param>
/// <param name="Actor">Urn of who wrote it.</param>
/// <param name="RunId">The run that wrote it.</param>
/// <param name="Differences">What differs from the version before.</param>
public sealed record AspectVersion(
    string Aspect, int Number, bool IsCurrent, bool IsOldest, DateTimeOffset? Written, string Actor, string? RunId, IReadOnlyList<AspectDifference> Differences)
{
    /// <summary>Most differences that are told of one version.</summary>
    public const int MostDifferences = 20;

    /// <summary>Reads the versions of an aspect.</summary>
    /// <param name="history">In the order in which they were written, the current one last.</param>
    public static IReadOnlyList<AspectVersion> Read(IReadOnlyList<StoredAspect> history)
    {
        var versions = new List<AspectVersion>(history.Count);
        var before = default(System.Text.Json.JsonElement);
        for (var i = 0; i < history.Count; i++)
        {
            var stored = history[i];
            var value = AspectSet.Parse(stored.Value);
            versions.Add(new AspectVersion(
                stored.Aspect,
                i + 1,
                i == history.Count - 1,
                i == 0,
                JsonReading.AsTime(stored.CreatedOn),
                stored.CreatedBy,
                AspectSet.Parse(stored.SystemMetadata).Text("runId"),
                i == 0 ? [] : AspectDifference.Between(before, value, MostDifferences + 1)));
            before = value;
        }
        return versions;
    }
}
