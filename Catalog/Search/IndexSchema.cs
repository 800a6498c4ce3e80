using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Discovery.Catalog.Model;

namespace Discovery.Catalog.Search;

/// <summary>The fields of the search index, as the annotations of the model say.</summary>
internal sealed class IndexSchema
{
    /// <summary>Field with the type of the entity.</summary>
    public const string EntityTypeField = "_entityType";

    /// <summary>Field with the name of the entity, whatever aspect it stands in.</summary>
    public const string NameField = "_entityName";

    /// <summary>Field with the place of the entity when one browses; the ids of the path, each after <see cref="PathSeparator"/>.</summary>
    public const string BrowsePathField = "browsePathV2";

    /// <summary>
    /// Field with the time of the last write that changed the entity, in milliseconds since 1970-01-01 UTC, whole seconds: what was written together
    /// has one value.
    /// </summary>
    public const string ChangedField = "_changedOn";

    /// <summary>Stands before each id of a browse path.</summary>
    public const char PathSeparator = '\u241F';

    // Fields of these have low numbers, which take less memory in the postings.
    private static readonly string[] CommonAspects =
        ["datasetKey", "datasetProperties", "schemaMetadata", "container", "containerProperties", "dataPlatformInstance", "globalTags", "glossaryTerms", "domains"];

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<FieldColumn> _columnList = [];
    private readonly Dictionary<(string Name, int Weight, bool Completes), int> _text = [];
    private readonly List<TextField> _textList = [];

    private IndexSchema()
    {
        EntityType = Column(EntityTypeField, SearchFieldType.Keyword);
        EntityName = Column(NameField, SearchFieldType.Name);
        BrowsePath = Column(BrowsePathField, SearchFieldType.BrowsePath);
        Changed = Column(ChangedField, SearchFieldType.Number);
        NameText = Text(NameField, weight: 0, completes: true);
        var aspects = new Dictionary<string, AspectFields>(StringComparer.Ordinal);
        foreach (var (aspect, annotations) in Annotations.Instance.SearchFields
            .OrderBy(entry => (uint)Array.IndexOf(CommonAspects, entry.Key)).ThenBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var rules = annotations.Select(Rule).ToList();
            var tree = new PathTree<FieldRule>();
            foreach (var rule in rules)
            {
                tree.Add(Path(rule.Annotation), rule);
            }
            aspects.Add(aspect, new AspectFields(tree, Used(rules.Select(rule => rule.Has)), Used(rules.Select(rule => rule.Count))));
        }
        Aspects = aspects.ToFrozenDictionary(StringComparer.Ordinal);
        Fingerprint = ComputeFingerprint();
    }

    /// <summary>The schema of the model.</summary>
    public static IndexSchema Instance { get; } = new();

    /// <summary>What to take from aspects, by their name.</summary>
    public FrozenDictionary<string, AspectFields> Aspects { get; }

    /// <summary>The fields with values that are filtered, counted and sorted by.</summary>
    public IReadOnlyList<FieldColumn> Columns => _columnList;

    /// <summary>The fields that are searched for words.</summary>
    public IReadOnlyList<TextField> TextFields => _textList;

    /// <summary>Number of the column <see cref="EntityTypeField"/>.</summary>
    public int EntityType { get; }

    /// <summary>Number of the column <see cref="NameField"/>.</summary>
    public int EntityName { get; }

    /// <summary>Number of the column <see cref="BrowsePathField"/>.</summary>
    public int BrowsePath { get; }

    /// <summary>Number of the column <see cref="ChangedField"/>.</summary>
    public int Changed { get; }

    /// <summary>Number of the text field that holds whole names.</summary>
    public int NameText { get; }

    /// <summary>Changes when the fields or their numbers do.</summary>
    public int Fingerprint { get; }

    /// <summary>The number of a column, or -1; a <c>.keyword</c> at the end of the name does not count.</summary>
    public int FindColumn(string field) => _columns.GetValueOrDefault(Trim(field), -1);

    /// <summary>Numbers of the text fields of a name.</summary>
    public IEnumerable<int> FindText(string field)
    {
        var name = Trim(field);
        return Enumerable.Range(0, _textList.Count).Where(number => number != NameText && _textList[number].Name == name);
    }

    /// <summary>The name of a field without <c>.keyword</c>.</summary>
    public static string Trim(string field) =>
        field.EndsWith(".keyword", StringComparison.Ordinal) ? field[..^".keyword".Length] : field;

    /// <summary>A browse path is read whole: its ids make one value.</summary>
    private static string Path(SearchAnnotation annotation) =>
        annotation.Field == BrowsePathField ? "/path" : annotation.Path;

    private static int[] Used(IEnumerable<int> columns) => [.. columns.Where(column => column >= 0).Distinct()];

    private FieldRule Rule(SearchAnnotation annotation)
    {
        // A field that is named as the urn of the entity, and is not.
        var isUrn = annotation.Field == "urn";
        return new FieldRule(
            annotation,
            isUrn || IsDescriptions(annotation) ? [] : [.. annotation.Aliases.Prepend(annotation.Field).Select(field => Column(field, annotation.Type, annotation))],
            annotation.QueryByDefault ? Text(annotation.Field, (int)(annotation.Boost * 2), annotation.Completes) : -1,
            annotation.HasField is { } has ? Column(has, SearchFieldType.Boolean) : -1,
            annotation.CountField is { } count ? Column(count, SearchFieldType.Number) : -1,
            annotation.Aliases.Contains(NameField));
    }

    /// <summary>Whether it holds the descriptions of many columns: half of all text, and nobody filters by all of one.</summary>
    private static bool IsDescriptions(SearchAnnotation annotation) => annotation.Field.EndsWith("Descriptions", StringComparison.Ordinal);

    private int Column(string name, SearchFieldType type, SearchAnnotation? annotation = null)
    {
        var label = annotation?.IsFilter == true ? annotation.Label : null;
        if (!_columns.TryGetValue(name, out var number))
        {
            number = _columnList.Count;
            _columns.Add(name, number);
            _columnList.Add(new FieldColumn(name, type, label));
        }
        else if (_columnList[number] is var known && (known.Type != type || known.Label is null))
        {
            // Aspects that use one name for different things make it a field of whole values.
            _columnList[number] = known with { Type = known.Type == type ? type : SearchFieldType.Keyword, Label = known.Label ?? label };
        }
        return number;
    }

    private int Text(string name, int weight, bool completes)
    {
        if (!_text.TryGetValue((name, weight, completes), out var number))
        {
            number = _textList.Count;
            _text.Add((name, weight, completes), number);
            _textList.Add(new TextField(name, Math.Max(1, weight), completes));
        }
        return number;
    }

    private int ComputeFingerprint()
    {
        var names = string.Join('\n', _columnList.Select(column => $"{column.Name} {column.Type}").Concat(_textList.Select(text => $"{text.Name} {text.Weight}")));
        return BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(names)));
    }
}

/// <summary>What to take from an aspect.</summary>
/// <param name="Tree">The rules by path.</param>
/// <param name="Has">Columns that say whether there is a value.</param>
/// <param name="Counts">Columns with the number of values.</param>
internal sealed record AspectFields(PathTree<FieldRule> Tree, IReadOnlyList<int> Has, IReadOnlyList<int> Counts);

/// <summary>A field with values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How its values are compared.</param>
/// <param name="Label">Its name for people; null where the model has none.</param>
internal sealed record FieldColumn(string Name, SearchFieldType Type, string? Label);

/// <summary>A field that is searched for words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">How much a match counts: twice the boost of the model.</param>
/// <param name="Completes">Whether what somebody types is completed from it.</param>
internal sealed record TextField(string Name, int Weight, bool Completes);

/// <summary>Where the values at one path of an aspect go.</summary>
/// <param name="Annotation">What the model says of the path.</param>
/// <param name="Columns">Columns that take the values.</param>
/// <param name="Text">Text field that takes their words, or -1.</param>
/// <param name="Has">Column that says whether there is a value, or -1.</param>
/// <param name="Count">Column with the number of values, or -1.</param>
/// <param name="IsName">Whether a value names the entity.</param>
internal sealed record FieldRule(SearchAnnotation Annotation, IReadOnlyList<int> Columns, int Text, int Has, int Count, bool IsName);
