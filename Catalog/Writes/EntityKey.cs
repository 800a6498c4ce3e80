using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Discovery.Metadata;
using Discovery.Metadata.Model;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Writes;

/// <summary>How the urn of an entity type and its key aspect go together: the parts of the urn are the members of the aspect in order.</summary>
internal sealed class EntityKey
{
    /// <summary>Members of key aspects that are urns themselves; the model says it in an annotation that is not part of its types.</summary>
    internal static readonly IReadOnlySet<string> UrnMembers = new HashSet<string>(StringComparer.Ordinal) {"platform", "flow", "parent" };

    private static readonly ConcurrentDictionary<string, EntityKey> ByEntity = new(StringComparer.Ordinal);

    private readonly EntityType _entity;
    private readonly AspectType _aspect;
    private readonly RecordField[] _members;

    private EntityKey(EntityType entity)
    {
        _entity = entity;
        _aspect = AspectRegistry.Instance.Aspects[entity.KeyAspect];
        _members = [.. _aspect.Record.Fields.Values];
    }

    /// <summary>The key of an entity type of the registry.</summary>
    public static EntityKey Of(EntityType entity) => ByEntity.GetOrAdd(entity.Name, static (_, entity) => new EntityKey(entity), entity);

    /// <summary>Why the parts of the urn are no key of this entity type; null where they are one.</summary>
    public string? FaultOf(Urn urn)
    {
        if (urn.Parts.Count != _members.Length)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Failed to convert urn '{urn}' to entity key {_aspect.Name}: it has {urn.Parts.Count} parts, the key has {_members.Length} ({string.Join(", ", _members.Select(member => member.Name))})");
        }
        for (var i = 0; i < _members.Length; i++)
        {
            var part = urn.Parts[i];
            if (_members[i].Type is EnumType symbols && !symbols.Symbols.Contains(part))
            {
                return $"Failed to convert urn '{urn}' to entity key {_aspect.Name}: '{part}' is no {_members[i].Name}; {string.Join(", ", symbols.Symbols)} are";
            }
            if (UrnMembers.Contains(_members[i].Name) && !Urn.TryParse(part, out _))
            {
                return $"Failed to convert urn '{urn}' to entity key {_aspect.Name}: its {_members[i].Name} '{part}' is no urn";
            }
        }
        return null;
    }

    /// <summary>The key aspect of a urn whose parts fit: <c>{"platform":"urn:li:dataPlatform:mysql","name":"shop.orders","origin":"PROD"}</c>.</summary>
    public ReadOnlyMemory<byte> ToAspect(Urn urn)
    {
        var text = new JsonText();
        for (var i = 0; i < _members.Length; i++)
        {
            text.Raw(i == 0 ? "{"u8 : ","u8).Text(_members[i].Name).Raw(":"u8).Text(urn.Parts[i]);
        }
        return text.Raw("}"u8).Take();
    }

    /// <summary>The urn that a key aspect stands for.</summary>
    /// <param name="key">The key aspect as UTF-8 JSON.</param>
    /// <exception cref="CatalogException">It is no key aspect of this entity type.</exception>
    public string ToUrn(ReadOnlyMemory<byte> key)
    {
        using var document = JsonDocument.Parse(AspectValue.Check(_aspect, key));
        var urn = new StringBuilder("urn:li:").Append(_entity.Name).Append(_members.Length > 1 ? ":(" : ":");
        for (var i = 0; i < _members.Length; i++)
        {
            var part = document.RootElement.TryGetProperty(_members[i].Name, out var value) ? value.GetString() : null;
            if (string.IsNullOrEmpty(part))
            {
                throw new CatalogException(CatalogFault.Argument, $"Failed to build the urn of a {_entity.Name}: '{_members[i].Name}' is missing in {_aspect.Name}");
            }
            urn.Append(i > 0 ? "," : "").Append(part);
        }
        return urn.Append(_members.Length > 1 ? ")" : "").ToString();
    }
}
