using Discovery.Web.Shell;

namespace Discovery.Catalog.Pages;

/// <summary>The addresses of the pages.</summary>
public static class PageAddress
{
    /// <summary>The page of an entity.</summary>
    /// <param name="urn">The entity; of a schema field its dataset's page is meant.</param>
    /// <param name="query">Names and values for the query string; those without a value are left out.</param>
    public static string Entity(string urn, params ReadOnlySpan<(string Name, string? Value)> query) =>
        Metadata.Urn.DatasetOfField(urn) is { } dataset ? Stored(dataset, ("tab", "schema")) : Stored(urn, query);

    private static string Stored(string urn, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var path = urn.StartsWith("urn:li:dataset:", StringComparison.Ordinal) ? "/dataset/" : "/entity/";
        return path + Uri.EscapeDataString(urn) + QueryText.Of(query);
    }

    /// <summary>One level of the tree.</summary>
    public static string Browse(string? platform, IReadOnlyList<string> path, int page = 1) =>
        "/browse" + QueryText.Of([("platform", platform), .. path.Select(step => ("path", (string?)step)), ("page", page > 1 ? Number(page) : null)]);

    /// <summary>What changed in the last days.</summary>
    public static string Changes(int days, int page = 1) => "/changes" + QueryText.Of(("days", Number(days)), ("page", page > 1 ? Number(page) : null));

    /// <summary>What a run wrote.</summary>
    public static string Run(string runId, int page = 1) => "/run" + QueryText.Of(("id", runId), ("page", page > 1 ? Number(page) : null));

    /// <summary>Everything about which something holds: <c>Search("tag", "urn:li:tag:pii")</c>.</summary>
    public static string Search(string facet, string value) => "/search" + QueryText.Of((facet, value));

    internal static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
