using Discovery.Catalog.Graph;
using Discovery.Catalog.Store.Sqlite;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Store;

/// <summary>
/// What the writer does inside its transaction: each change to an aspect takes its history, its relationships and the list of changed
/// entities along. For the writer's thread alone.
/// </summary>
internal sealed class StoreTransaction(StoreConnection connection, AspectRegistry registry)
{
    // Aspects of entities that are new in this transaction, so that these need not be read back for the index.
    private readonly Dictionary<string, Dictionary<string, StoredAspect>> _new = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public StoreConnection Connection { get; } = connection;

    public AspectTable Aspects { get; } = new(connection);

    public TimeseriesTable Timeseries { get; } = new(connection);

    public RelationshipTable Relationships { get; } = new(connection);

    public void Begin()
    {
        _new.Clear();
        _changed.Clear();
        Connection.Execute("BEGIN IMMEDIATE");
    }

    /// <summary>Makes everything durable.</summary>
    public void Commit()
    {
        foreach (var urn in _changed)
        {
            Connection["INSERT OR IGNORE INTO search_pending (urn) VALUES (?1)"].Bind(1, urn).Execute();
        }
        Connection.Execute("COMMIT");
    }

    public void RollBack() => Connection.Execute("ROLLBACK");

    /// <summary>The entities that changed, as they are now.</summary>
    public IReadOnlyList<EntityState> Changed() =>
        [.. _changed.Select(urn => new EntityState(
            urn, Urn.Parse(urn).EntityType, _new.TryGetValue(urn, out var aspects) ? [.. aspects.Values] : Aspects.CurrentOf(urn)))];

    /// <summary>The relationships that an aspect tells.</summary>
    /// <exception cref="CatalogException">They are too many.</exception>
    public IReadOnlyList<Relationship> RelationshipsOf(StoredAspect aspect) => RelationshipReader.Read(aspect.Urn, registry.Aspects[aspect.Aspect], aspect.Value);

    /// <summary>Writes the first aspect of an entity: its key.</summary>
    public void InsertKey(StoredAspect key, IReadOnlyList<Relationship> relationships)
    {
        _new[key.Urn] = new Dictionary<string, StoredAspect>(StringComparer.Ordinal);
        Insert(key, relationships);
    }

    public void Insert(StoredAspect aspect, IReadOnlyList<Relationship> relationships)
    {
        Aspects.Insert(aspect);
        Remember(aspect, relationships);
    }

    /// <summary>Puts a new value in the place of the current one, which becomes history; of that, as much is kept as retention says.</summary>
    public void Replace(StoredAspect current, StoredAspect next, IReadOnlyList<Relationship> relationships)
    {
        var number = StoredMetadata.Version(current.SystemMetadata.Span);
        var kept = Retention.Versions(current.Aspect);
        if (kept > 0)
        {
            Aspects.Renumber(current.Urn, current.Aspect, 0, number);
            if (number > kept)
            {
                Aspects.Trim(current.Urn, current.Aspect, number - kept);
            }
        }
        else
        {
            Aspects.DeleteVersion(current.Urn, current.Aspect, 0);
        }
        Aspects.Insert(next);
        Relationships.Delete(next.Urn, next.Aspect);
        Remember(next, relationships);
    }

    public void SetSystemMetadata(StoredAspect current, byte[] systemMetadata)
    {
        Aspects.SetSystemMetadata(current.Urn, current.Aspect, systemMetadata);
        if (_new.TryGetValue(current.Urn, out var aspects))
        {
            aspects[current.Aspect] = current with { SystemMetadata = systemMetadata };
        }
    }

    /// <summary>Takes the current value away; the newest one before it that is left becomes the current one.</summary>
    public void Revert(string urn, string aspect, Func<StoredAspect, bool> isReverted)
    {
        _new.Remove(urn);
        Aspects.DeleteVersion(urn, aspect, 0);
        while (Aspects.Before(urn, aspect, 1) is { } before)
        {
            if (!isReverted(before))
            {
                Aspects.Renumber(urn, aspect, before.Version, 0);
                var current = before with { Version = 0 };
                Relationships.Delete(urn, aspect);
                Remember(current, RelationshipsOf(current));
                return;
            }
            Aspects.DeleteVersion(urn, aspect, before.Version);
        }
        Forget(urn, aspect);
    }

    /// <summary>Removes an aspect with its history, or all documents of a timeseries aspect; with its key the whole entity.</summary>
    public DeletedRows DeleteAspect(string urn, string aspect)
    {
        if (aspect == registry.Entities[Urn.Parse(urn).EntityType].KeyAspect)
        {
            return DeleteEntity(urn);
        }
        _new.Remove(urn);
        Forget(urn, aspect);
        return new DeletedRows(Aspects.Delete(urn, aspect), Timeseries.Delete(urn, aspect, long.MinValue, long.MaxValue));
    }

    public DeletedRows DeleteEntity(string urn)
    {
        _new.Remove(urn);
        _changed.Add(urn);
        Relationships.Delete(urn);
        return new DeletedRows(Aspects.Delete(urn), Timeseries.Delete(urn));
    }

    private void Remember(StoredAspect aspect, IReadOnlyList<Relationship> relationships)
    {
        _changed.Add(aspect.Urn);
        if (_new.TryGetValue(aspect.Urn, out var aspects))
        {
            aspects[aspect.Aspect] = aspect;
        }
        foreach (var relationship in relationships)
        {
            Relationships.Insert(relationship);
        }
    }

    private void Forget(string urn, string aspect)
    {
        _changed.Add(urn);
        Relationships.Delete(urn, aspect);
    }
}
