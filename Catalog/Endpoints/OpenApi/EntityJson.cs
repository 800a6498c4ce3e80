using System.Text.Json;
using Discovery.Catalog.Store;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>Reads and writes entities in the form of OpenAPI v3: <c>{"urn": .., "status": {"value": {..}}}</c>.</summary>
internal static class EntityJson
{
    /// <summary>The current aspects of an entity; those named, the newest document of a timeseries aspect among them, or all but timeseries.</summary>
    public static IReadOnlyList<StoredAspect> Read(CatalogStore store, string urn, IReadOnlyCollection<AspectType>? aspects)
    {
        if (aspects is null)
        {
            return store.ReadEntity(urn);
        }
        var versioned = aspects.Where(aspect => !aspect.Timeseries).Select(aspect => aspect.Name).ToHashSet();
        return
        [
            .. versioned.Count > 0 ? store.ReadEntity(urn, versioned) : [],
            .. aspects.Where(aspect => aspect.Timeseries).Select(aspect => ReadNewest(store, urn, aspect)).OfType<StoredAspect>(),
        ];
    }

    /// <summary>One version of an aspect: 0 for the current one, a number of the history, or the number that the current one itself has.</summary>
    public static StoredAspect? Read(CatalogStore store, string urn, AspectType aspect, long version)
    {
        if (aspect.Timeseries)
        {
            return version == 0 ? ReadNewest(store, urn, aspect) : null;
        }
        var stored = store.Read(urn, aspect.Name, version);
        return stored is null && version > 0 && store.Read(urn, aspect.Name) is { } current && StoredMetadata.Version(current.SystemMetadata.Span) == version ? current : stored;
    }

    public static void Write(Utf8JsonWriter writer, string urn, IEnumerable<StoredAspect> aspects, bool withSystemMetadata)
    {
        writer.WriteStartObject();
        writer.WriteString("urn"u8, urn);
        foreach (var aspect in aspects)
        {
            writer.WritePropertyName(aspect.Aspect);
            WriteAspect(writer, aspect, withSystemMetadata);
        }
        writer.WriteEndObject();
    }

    public static void WriteAspect(Utf8JsonWriter writer, StoredAspect aspect, bool withSystemMetadata)
    {
        writer.WriteStartObject();
        writer.WriteStored("value", aspect.Value);
        if (withSystemMetadata)
        {
            writer.WriteStored("systemMetadata", aspect.SystemMetadata);
            writer.WriteStamp("auditStamp", aspect.CreatedOn, aspect.CreatedBy);
        }
        writer.WriteEndObject();
    }

    private static StoredAspect? ReadNewest(CatalogStore store, string urn, AspectType aspect) =>
        store.ReadTimeseries(new TimeseriesQuery(urn, aspect.Name, 1)) is [var document]
            ? new StoredAspect(urn, aspect.Name, 0, document.Value, document.SystemMetadata, document.Timestamp, "urn:li:corpuser:UNKNOWN")
            : null;
}
