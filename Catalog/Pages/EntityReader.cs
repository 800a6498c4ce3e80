using Discovery.Catalog.Pages.Views;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Pages;

/// <summary>Reads entities for one page, each once.</summary>
/// <param name="read">Reads those of the named aspects that an entity has.</param>
public sealed class EntityReader(Func<string, IReadOnlyCollection<string>, IReadOnlyList<StoredAspect>> read)
{
    private readonly Dictionary<string, EntityView> _known = new(StringComparer.Ordinal);

    /// <summary>What is shown of an entity; of one that is not stored, what its urn tells.</summary>
    public EntityView this[string urn]
    {
        get
        {
            if (!_known.TryGetValue(urn, out var view))
            {
                view = EntityView.Read(urn, new AspectSet(Metadata.Urn.TryParse(urn, out _) ? read(urn, EntityView.Aspects) : []));
                _known.Add(urn, view);
            }
            return view;
        }
    }

    /// <summary>Its name; of a schema field the name of its dataset goes before.</summary>
    public string NameOf(string urn) => Metadata.Urn.DatasetOfField(urn) is { } dataset
        ? $"{this[dataset].Name}.{EntityNames.FromUrn(urn)}"
        : this[urn].Name;

    /// <summary>The name of a value that may be a urn or plain text.</summary>
    public string NameOfValue(string value) => value.StartsWith("urn:li:", StringComparison.Ordinal) ? NameOf(value) : value;
}
