using System.Text.Json.Nodes;

namespace Discovery.Deploy.Policy.Reading;

/// <summary>In which line of its file each value of a document stands; for a value of a mapping that is the line of its key.</summary>
internal sealed class SourceLines
{
    private readonly Dictionary<JsonNode, int> _lines = new(ReferenceEqualityComparer.Instance);

    /// <summary>Notes where a value stands.</summary>
    public void Set(JsonNode node, int line) => _lines[node] = line;

    /// <summary>The line of a value, or of the nearest mapping or list around it; 0 where nothing is known.</summary>
    public int Of(JsonNode? node)
    {
        for (; node is not null; node = node.Parent)
        {
            if (_lines.TryGetValue(node, out var line))
            {
                return line;
            }
        }
        return 0;
    }

    /// <summary>A copy of a value, whose parts stand where those of the original do.</summary>
    public JsonNode Copy(JsonNode original)
    {
        JsonNode copy = original switch
        {
            JsonObject mapping => new JsonObject(mapping.Select(entry => KeyValuePair.Create(entry.Key, entry.Value is null ? null : Copy(entry.Value)))),
            JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Copy(item))]),
            _ => original.DeepClone(),
        };
        if (_lines.TryGetValue(original, out var line))
        {
            _lines[copy] = line;
        }
        return copy;
    }
}
