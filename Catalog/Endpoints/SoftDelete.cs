using System.Text.Json;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Endpoints;

/// <summary>Soft deletes: the aspect <c>status</c> says <c>{"removed": true}</c>.</summary>
internal static class SoftDelete
{
    /// <summary>Whether an entity is soft-deleted.</summary>
    public static bool Hides(CatalogStore store, string urn)
    {
        if (store.Read(urn, "status") is not { } status)
        {
            return false;
        }
        using var json = JsonDocument.Parse(status.Value);
        return json.RootElement.TryGetProperty("removed", out var removed) && removed.ValueKind == JsonValueKind.True;
    }
}
