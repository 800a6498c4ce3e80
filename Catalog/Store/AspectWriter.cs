using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Store;

/// <summary>
/// Writes the changes of one request: first it finds out what each of them comes to, and throws when one must not be; only then it
/// writes. So a request that fails leaves nothing behind.
/// </summary>
internal sealed class AspectWriter(StoreTransaction transaction, string actor, long now)
{
    private readonly List<Action> _writes = [];
    private readonly Dictionary<(string Urn, string Aspect), StoredAspect?> _current = [];
    private readonly Dictionary<string, bool> _exists = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly List<WrittenAspect> _results = [];

    public IReadOnlyList<WrittenAspect> Write(IReadOnlyList<AspectChange> changes)
    {
        foreach (var change in changes)
        {
            Plan(change);
        }
        AddServerAspects(changes);
        foreach (var write in _writes)
        {
            write();
        }
        return _results;
    }

    private void Plan(AspectChange change)
    {
        var urn = change.Urn.ToString();
        var exists = Exists(urn, change.Entity);
        if (change.Aspect.Name == change.Entity.KeyAspect)
        {
            PlanKey(urn, change, exists);
            return;
        }
        if (change.Aspect.Timeseries)
        {
            var metadata = StoredMetadata.Document(change.Observed);
            _written.Add(urn);
            _writes.Add(() => transaction.Timeseries.Put(urn, change.Aspect.Name, change.Value, metadata));
            _results.Add(new WrittenAspect(urn, change.Aspect.Name, change.Value, metadata, WriteOutcome.Changed));
            return;
        }
        var current = exists || _current.ContainsKey((urn, change.Aspect.Name)) ? Current(urn, change.Aspect.Name) : null;
        if (IsRefused(change, exists, current))
        {
            _results.Add(new WrittenAspect(urn, change.Aspect.Name, default, default, WriteOutcome.Skipped));
            return;
        }
        var old = current?.Value ?? default;
        var value = change.Kind == ChangeKind.Patch ? AspectPatch.Apply(change.Aspect, old, change.Value) : change.Value;
        Put(change, current, ServerAspects.Complete(change.Aspect, old, value));
    }

    // A key says that there is such an entity; it is written with the entity, of which it is a part.
    private void PlanKey(string urn, AspectChange change, bool exists)
    {
        if (exists)
        {
            _results.Add(new WrittenAspect(urn, change.Aspect.Name, default, default, WriteOutcome.Skipped));
        }
        else
        {
            _written.Add(urn);
        }
    }

    /// <summary>Whether a creation is to be left out.</summary>
    /// <exception cref="CatalogException">It must not be, or a condition does not hold.</exception>
    private static bool IsRefused(AspectChange change, bool entityExists, StoredAspect? current)
    {
        WriteConditionCheck.Check(change, current);
        var inTheWay = change.Kind switch
        {
            ChangeKind.Create when current is not null => $"aspect {change.Aspect.Name} of {change.Urn}",
            ChangeKind.CreateEntity when entityExists => $"entity {change.Urn}",
            _ => null,
        };
        if (inTheWay is null || change.Conditions.SkipExisting)
        {
            return inTheWay is not null;
        }
        throw new CatalogException(CatalogFault.Exists, $"Cannot create {inTheWay}: it exists. Use UPSERT to replace it, or the header If-None-Match: * to leave it as it is.");
    }

    private void Put(AspectChange change, StoredAspect? current, ReadOnlyMemory<byte> value)
    {
        var urn = change.Urn.ToString();
        var name = change.Aspect.Name;
        if (current is null)
        {
            var first = new StoredAspect(urn, name, 0, value, StoredMetadata.First(change.Observed, now, actor), now, actor);
            var relationships = transaction.RelationshipsOf(first);
            _writes.Add(() => transaction.Insert(first, relationships));
            Remember(first, WriteOutcome.Changed);
        }
        else if (!ServerAspects.AreEqual(current.Value, value))
        {
            var next = new StoredAspect(urn, name, 0, value, StoredMetadata.Next(current.SystemMetadata.Span, change.Observed, changed: true, now, actor), now, actor);
            var relationships = transaction.RelationshipsOf(next);
            _writes.Add(() => transaction.Replace(current, next, relationships));
            Remember(next, WriteOutcome.Changed);
        }
        else if (change.Kind == ChangeKind.Patch)
        {
            Remember(current, WriteOutcome.Unchanged);
        }
        else
        {
            var metadata = StoredMetadata.Next(current.SystemMetadata.Span, change.Observed, changed: false, now, actor);
            _writes.Add(() => transaction.SetSystemMetadata(current, metadata));
            Remember(current with { SystemMetadata = metadata }, WriteOutcome.Unchanged);
        }
    }

    private void Remember(StoredAspect aspect, WriteOutcome outcome)
    {
        _written.Add(aspect.Urn);
        _current[(aspect.Urn, aspect.Aspect)] = aspect;
        _results.Add(new WrittenAspect(aspect.Urn, aspect.Aspect, aspect.Value, aspect.SystemMetadata, outcome));
    }

    /// <summary>Keys and default aspects of the entities that this request creates.</summary>
    private void AddServerAspects(IReadOnlyList<AspectChange> changes)
    {
        var keys = new List<Action>();
        foreach (var change in changes)
        {
            var urn = change.Urn.ToString();
            // A creation that was left out creates no entity.
            if (_exists[urn] || !_written.Contains(urn))
            {
                continue;
            }
            _exists[urn] = true;
            var key = Server(urn, change.Entity.KeyAspect, ServerAspects.Key(change.Urn, change.Entity), change.Observed);
            var relationships = transaction.RelationshipsOf(key);
            keys.Add(() => transaction.InsertKey(key, relationships));
            foreach (var (aspect, value) in ServerAspects.Defaults(change.Urn, change.Entity, ReadValue))
            {
                if (!_current.ContainsKey((urn, aspect.Name)))
                {
                    var added = Server(urn, aspect.Name, value, change.Observed);
                    var told = transaction.RelationshipsOf(added);
                    _writes.Add(() => transaction.Insert(added, told));
                }
            }
        }
        // Keys stand before what else their entities have.
        _writes.InsertRange(0, keys);
    }

    private StoredAspect Server(string urn, string aspect, ReadOnlyMemory<byte> value, SystemMetadata observed)
    {
        var stored = new StoredAspect(urn, aspect, 0, value, StoredMetadata.First(observed, now, actor), now, actor);
        Remember(stored, WriteOutcome.Changed);
        return stored;
    }

    private ReadOnlyMemory<byte> ReadValue(string urn, string aspect) => Current(urn, aspect)?.Value ?? default;

    private StoredAspect? Current(string urn, string aspect)
    {
        if (!_current.TryGetValue((urn, aspect), out var current))
        {
            _current.Add((urn, aspect), current = transaction.Aspects.Current(urn, aspect));
        }
        return current;
    }

    private bool Exists(string urn, EntityType entity)
    {
        if (!_exists.TryGetValue(urn, out var exists))
        {
            _exists.Add(urn, exists = transaction.Aspects.Has(urn, entity.KeyAspect));
        }
        return exists;
    }
}
