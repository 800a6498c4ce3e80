using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Discovery.Deploy.Policy.Reading;

/// <summary>A file holds more than we take, or YAML that Kubernetes does not.</summary>
internal sealed class ReadingException(int line, string message) : Exception(message)
{
    /// <summary>Line in the part that is read, from 1.</summary>
    public int Line { get; } = line;
}

/// <summary>Counts the values of a file, so that aliases cannot repeat them without end.</summary>
internal sealed class ReadingBudget
{
    private long _left = ReadingLimits.Values;

    /// <summary>Whether the file holds more than we take.</summary>
    public bool IsSpent => _left < 0;

    /// <summary>Takes a number of values.</summary>
    /// <exception cref="ReadingException">They are too many.</exception>
    public void Take(long values, int line)
    {
        _left -= values;
        if (IsSpent)
        {
            throw new ReadingException(line, $"holds more than {ReadingLimits.Values} values (or 100 times as many characters) once its YAML aliases are followed; a file this large is not read");
        }
    }
}

/// <summary>Reads YAML text into a tree of JSON with the lines of its values.</summary>
internal sealed class YamlTreeReader(string text, int linesBefore, ReadingBudget budget, ICollection<SyntaxFault> faults)
{
    private readonly Parser _parser = new(new StringReader(text));
    private readonly Dictionary<AnchorName, (JsonNode? Value, long Size, bool IsComplete)> _anchors = [];
    private SourceLines _lines = new();
    private long _taken;

    /// <summary>Reads all documents of the text.</summary>
    /// <exception cref="YamlException">It is no YAML.</exception>
    /// <exception cref="ReadingException">It is more than we take.</exception>
    public IReadOnlyList<YamlDocument> ReadAll()
    {
        var documents = new List<YamlDocument>();
        Next();
        Next();
        while (_parser.Current is DocumentStart)
        {
            _lines = new SourceLines();
            _anchors.Clear();
            Next();
            var root = ReadNode(depth: 1);
            documents.Add(new YamlDocument(root, _lines));
            Next();
        }
        return documents;
    }

    // Some malformed texts make the parser throw faults of other kinds: {a: 1, b c: "x
    private void Next()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            var place = _parser.Current?.End ?? Mark.Empty;
            throw new YamlException(place, place, "what follows this place is malformed; check its braces, quotes and tags", fault);
        }
    }

    private JsonNode? ReadNode(int depth)
    {
        var start = _parser.Current!;
        var line = (int)start.Start.Line;
        if (start is AnchorAlias alias)
        {
            Next();
            return Follow(alias, line);
        }
        if (start is not NodeEvent node)
        {
            throw new ReadingException(line, "a value is missing here");
        }
        if (depth > ReadingLimits.Depth)
        {
            throw new ReadingException(line, $"more than {ReadingLimits.Depth} mappings and lists inside each other; a file this deep is not read");
        }
        Take(1, line);
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = default;
        }
        var before = _taken;
        var value = node switch
        {
            Scalar scalar => ReadScalar(scalar, line),
            SequenceStart => ReadList(depth),
            _ => ReadMapping(depth),
        };
        if (value is not null)
        {
            _lines.Set(value, linesBefore + line);
        }
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = (value, _taken - before + 1, true);
        }
        return value;
    }

    private void Take(long values, int line)
    {
        _taken += values;
        budget.Take(values, line);
    }

    // The name is not repeated in the message: an unquoted password may begin with an asterisk.
    private JsonNode? Follow(AnchorAlias alias, int line)
    {
        if (!_anchors.TryGetValue(alias.Value, out var anchor))
        {
            throw new ReadingException(line, "a value that begins with '*' is a YAML alias, and nothing above has that anchor; put the value in quotes if it is meant as text");
        }
        if (!anchor.IsComplete)
        {
            throw new ReadingException(line, "this YAML alias stands inside the value that it repeats");
        }
        Take(anchor.Size, line);
        return anchor.Value is null ? null : _lines.Copy(anchor.Value);
    }

    private JsonNode? ReadScalar(Scalar scalar, int line)
    {
        Take(scalar.Value.Length / 100, line);
        Next();
        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? KubernetesScalars.Resolve(scalar.Value) : JsonValue.Create(scalar.Value);
        }
        return scalar.Tag is { IsNonSpecific: true } or { Value: "tag:yaml.org,2002:str" or "tag:yaml.org,2002:binary" or "tag:yaml.org,2002:timestamp" } ? JsonValue.Create(scalar.Value)
            : scalar.Tag.Value is "tag:yaml.org,2002:null" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" ? KubernetesScalars.Resolve(scalar.Value)
            : throw new ReadingException(line, "a value that begins with '!' has a YAML tag that Kubernetes does not know; put the value in quotes if it is meant as text");
    }

    private JsonArray ReadList(int depth)
    {
        Next();
        var list = new JsonArray();
        while (_parser.Current is not SequenceEnd)
        {
            list.Add(ReadNode(depth + 1));
        }
        Next();
        return list;
    }

    private JsonObject ReadMapping(int depth)
    {
        Next();
        var mapping = new JsonObject();
        var merged = new List<(JsonNode? Value, int Line)>();
        while (_parser.Current is not MappingEnd)
        {
            var keyLine = (int)_parser.Current!.Start.Line;
            if (_parser.Current is not Scalar key)
            {
                throw new ReadingException(keyLine, "a key must be text; put it in quotes if it begins with '[', '{', '{{' or '*'");
            }
            Take(key.Value.Length / 100, keyLine);
            Next();
            var value = ReadNode(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                merged.Add((value, keyLine));
                continue;
            }
            if (value is not null)
            {
                _lines.Set(value, linesBefore + keyLine);
            }
            if (mapping.TryGetPropertyValue(key.Value, out var first))
            {
                faults.Add(new SyntaxFault(linesBefore + keyLine, $"the key '{Shown.Of(key.Value)}' is given a second time{(first is null ? "" : $" (first in line {_lines.Of(first)})")}; remove one"));
            }
            mapping[key.Value] = value;
        }
        Next();
        foreach (var (value, mergeLine) in merged)
        {
            Merge(mapping, value, mergeLine);
        }
        return mapping;
    }

    // Either "<<: *one" or "<<: [*one, *two]", of which the first wins.
    private void Merge(JsonObject mapping, JsonNode? value, int line)
    {
        switch (value)
        {
            case JsonObject source:
                foreach (var (key, its) in source.Where(entry => !mapping.ContainsKey(entry.Key)).ToList())
                {
                    mapping[key] = its is null ? null : _lines.Copy(its);
                }
                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Merge(mapping, item, line);
                }
                break;
            default:
                throw new ReadingException(line, "'<<' takes a mapping, or a list of mappings, to merge");
        }
    }
}
