using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>Reads one YAML document into nodes, as Python's safe loader understands it.</summary>
internal sealed class YamlReader
{
    private readonly Dictionary<AnchorName, RecipeNode?> _anchors = [];
    private readonly ProblemList _problems;
    private readonly YamlParser _parser;

    private YamlReader(string text, ProblemList problems)
    {
        _parser = new YamlParser(text);
        _problems = problems;
    }

    /// <summary>Reads a document; null when there is none.</summary>
    /// <exception cref="RecipeSyntaxException">The text is not one YAML document, or more than we take.</exception>
    public static RecipeNode? Read(string text, ProblemList problems)
    {
        text = DollarEscapes.Repair(text, problems);
        var reader = new YamlReader(text, problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException fault)
        {
            throw NotYaml(text, fault);
        }
    }

    private static RecipeSyntaxException NotYaml(string text, YamlException fault)
    {
        if (fault.Message.Contains(" tab ", StringComparison.Ordinal))
        {
            // The parser names the place where the mapping began.
            var lines = text.Split('\n');
            var line = Array.FindIndex(lines, (int)fault.Start.Line - 1, line => line.TrimStart(' ').StartsWith('\t'));
            if (line >= 0)
            {
                return new RecipeSyntaxException(new RecipePosition(line + 1, lines[line].IndexOf('\t', StringComparison.Ordinal) + 1), "not valid YAML: a tab; YAML indents with spaces");
            }
        }
        return new RecipeSyntaxException(PositionOf(fault.Start), $"not valid YAML: {fault.Message.TrimEnd('.')}");
    }

    private static RecipePosition PositionOf(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private RecipeNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return null;
        }
        _parser.Consume<DocumentStart>();
        var root = ReadNode(depth: 1);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<StreamEnd>(out var end)
            ? root
            : throw new RecipeSyntaxException(PositionOf(_parser.Current?.Start ?? Mark.Empty), "a second YAML document begins here; one is all that is read: remove the '---' or split the file");
    }

    private RecipeNode ReadNode(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Follow(alias);
        }
        var start = _parser.Current is NodeEvent node ? node : throw new RecipeSyntaxException(PositionOf(_parser.Current!.Start), "a value is missing here");
        RecipeLimits.CheckDepth(depth, PositionOf(start.Start));
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = null;
        }
        RecipeNode read = start switch
        {
            Scalar => ReadScalar(_parser.Consume<Scalar>()),
            SequenceStart sequence => ReadList(sequence, depth),
            _ => ReadMapping(_parser.Consume<MappingStart>(), depth),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = read;
        }
        return read;
    }

    // The name is not repeated in the message: an unquoted password may begin with an asterisk.
    private RecipeNode Follow(AnchorAlias alias)
    {
        var position = PositionOf(alias.Start);
        if (!_anchors.TryGetValue(alias.Value, out var target))
        {
            throw new RecipeSyntaxException(position, "a value that begins with '*' is a YAML alias, and nothing above has that anchor; put the value in quotes if it is meant as text");
        }
        return target ?? throw new RecipeSyntaxException(position, "this YAML alias stands inside the value that it repeats");
    }

    private static RecipeScalar ReadScalar(Scalar scalar)
    {
        var position = PositionOf(scalar.Start);
        if (scalar.Tag.IsEmpty)
        {
            return new RecipeScalar(position, scalar.Style == ScalarStyle.Plain ? YamlScalars.Resolve(scalar.Value) : scalar.Value);
        }
        object? value = scalar.Tag switch
        {
            { IsNonSpecific: true } => scalar.Value,
            { Value: "tag:yaml.org,2002:str" } => scalar.Value,
            { Value: "tag:yaml.org,2002:null" } => null,
            { Value: "tag:yaml.org,2002:bool" } when YamlScalars.Resolve(scalar.Value) is bool truth => truth,
            { Value: "tag:yaml.org,2002:int" } when YamlScalars.TryParseInteger(scalar.Value, out var whole) => whole,
            { Value: "tag:yaml.org,2002:float" } when YamlScalars.TryParseFloat(scalar.Value, out var number) => number,
            _ => throw new RecipeSyntaxException(position, "a value that begins with '!' has a YAML tag, and this one does not fit here; put the value in quotes if it is meant as text"),
        };
        return new RecipeScalar(position, value);
    }

    private RecipeList ReadList(SequenceStart start, int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<RecipeNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }
        return RecipeLimits.Checked(new RecipeList(PositionOf(start.Start), items));
    }

    private RecipeMapping ReadMapping(MappingStart start, int depth)
    {
        var builder = new MappingBuilder(_problems);
        var merged = new List<RecipeNode>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var position = PositionOf(_parser.Current!.Start);
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw new RecipeSyntaxException(position, "a key must be text; put it in quotes if it begins with '[', '{' or '*'");
            }
            var value = ReadNode(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                merged.Add(value);
            }
            else
            {
                builder.Add(new RecipeEntry(key.Value, position, value));
            }
        }
        foreach (var mapping in merged.SelectMany(MergedMappings))
        {
            builder.AddMissing(mapping);
        }
        return builder.Build(PositionOf(start.Start));
    }

    // Either "<<: *one" or "<<: [*one, *two]", of which the first wins.
    private static IEnumerable<RecipeMapping> MergedMappings(RecipeNode value) => value switch
    {
        RecipeMapping mapping => [mapping],
        RecipeList list => list.Items.SelectMany(MergedMappings),
        _ => throw new RecipeSyntaxException(value.Position, "'<<' takes a mapping, or a list of mappings, to merge"),
    };
}
