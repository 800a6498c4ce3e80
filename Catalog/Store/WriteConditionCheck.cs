using System.Globalization;
using Discovery.Catalog.Writes;

namespace Discovery.Catalog.Store;

/// <summary>The conditions of a write, against what is stored.</summary>
internal static class WriteConditionCheck
{
    /// <exception cref="CatalogException">One of them does not hold.</exception>
    public static void Check(AspectChange change, StoredAspect? current)
    {
        var conditions = change.Conditions;
        if (conditions.VersionMatch is { } expected)
        {
            // A creation expects that there is nothing, whatever there is.
            var actual = current is null || change.Kind is ChangeKind.Create or ChangeKind.CreateEntity
                ? "-1"
                : StoredMetadata.Version(current.SystemMetadata.Span).ToString(CultureInfo.InvariantCulture);
            Require(expected == actual, change, $"expected version {expected}, actual version {actual}");
        }
        if (conditions.ModifiedSince is null && conditions.UnmodifiedSince is null)
        {
            return;
        }
        var stored = DateTimeOffset.FromUnixTimeMilliseconds(current?.CreatedOn ?? 0);
        if (conditions.ModifiedSince is { } since)
        {
            Require(stored > since, change, $"item last modified {stored:O}, asked for one modified since {since:O}");
        }
        if (conditions.UnmodifiedSince is { } until)
        {
            Require(stored <= until, change, $"item last modified {stored:O}, asked for one unmodified since {until:O}");
        }
    }

    private static void Require(bool holds, AspectChange change, string what)
    {
        if (!holds)
        {
            throw new CatalogException(CatalogFault.Precondition, $"The condition on {change.Aspect.Name} of {change.Urn} does not hold: {what}.");
        }
    }
}
