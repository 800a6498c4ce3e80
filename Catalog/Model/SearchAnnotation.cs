namespace Discovery.Catalog.Model;

/// <summary>A place in an aspect that fills a field of the search index.</summary>
/// <param name="Path">Such as <c>/fields/*/fieldPath</c>; the star is an item of an array or a value of a map.</param>
/// <param name="Field">Name of the field.</param>
/// <param name="Type">How its values are searched.</param>
public sealed record SearchAnnotation(string Path, string Field, SearchFieldType Type)
{
    /// <summary>Whether a query without a field looks here.</summary>
    public bool QueryByDefault { get; init; }

    /// <summary>How much a match counts; 1 for most, 10 for names.</summary>
    public float Boost { get; init; } = 1;

    /// <summary>Whether the value is a map, whose entries are searched as <c>key=value</c>.</summary>
    public bool IsMap { get; init; }

    /// <summary>Whether what somebody types is completed from it.</summary>
    public bool Completes { get; init; }

    /// <summary>Whether its values are offered as a filter.</summary>
    public bool IsFilter { get; init; }

    /// <summary>Name of the filter for people, such as <c>Sub Type</c>.</summary>
    public string? Label { get; init; }

    /// <summary>Field that says whether there is a value, such as <c>hasDescription</c>.</summary>
    public string? HasField { get; init; }

    /// <summary>Field with the number of values, such as <c>numInputDatasets</c>.</summary>
    public string? CountField { get; init; }

    /// <summary>Further fields with the same values, such as <c>_entityName</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Factors on the score of an entity with a value: <c>true</c> of <c>deprecated</c> halves it.</summary>
    public IReadOnlyDictionary<string, float> Weights { get; init; } = new Dictionary<string, float>();
}

/// <summary>How values of a field are searched.</summary>
public enum SearchFieldType
{
    /// <summary>Whole values.</summary>
    Keyword,

    /// <summary>Words; DataHub's TEXT.</summary>
    Text,

    /// <summary>Words of a name; DataHub's TEXT_PARTIAL and WORD_GRAM.</summary>
    Name,

    /// <summary>Whole urns, and the words of their keys.</summary>
    Urn,

    /// <summary>Numbers; points in time in milliseconds since 1970-01-01 UTC.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Where the entity stands when one browses.</summary>
    BrowsePath,
}
