using System.Text.Json;

namespace Discovery.Catalog.Model;

/// <summary>Annotated paths of an aspect as a tree, so that one pass over its JSON meets all of them and skips the rest.</summary>
/// <typeparam name="T">What stands at a path.</typeparam>
internal sealed class PathTree<T>
{
    private readonly List<(byte[] Name, PathTree<T> Node)> _members = [];
    private readonly List<T> _items = [];
    private PathTree<T>? _star;

    /// <summary>What stands at this path.</summary>
    public IReadOnlyList<T> Items => _items;

    /// <summary>Adds something at a path such as <c>/upstreams/*/dataset</c>.</summary>
    public void Add(string path, T item)
    {
        var node = this;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = part == "*" ? node._star ??= new PathTree<T>() : node.Member(part);
        }
        node._items.Add(item);
    }

    /// <summary>Meets the values of an aspect that have something at their path.</summary>
    /// <param name="json">An aspect as UTF-8 JSON.</param>
    /// <param name="visitor">Is told of them.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Walk<TVisitor>(ReadOnlySpan<byte> json, ref TVisitor visitor)
        where TVisitor : IPathVisitor<T>, allows ref struct
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 512 });
        if (reader.Read())
        {
            Walk(ref reader, ref visitor);
        }
    }

    private PathTree<T> Member(string name)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(name);
        foreach (var (existing, node) in _members)
        {
            if (existing.AsSpan().SequenceEqual(utf8))
            {
                return node;
            }
        }
        var added = new PathTree<T>();
        _members.Add((utf8, added));
        return added;
    }

    private void Walk<TVisitor>(ref Utf8JsonReader reader, ref TVisitor visitor)
        where TVisitor : IPathVisitor<T>, allows ref struct
    {
        if (_items.Count > 0)
        {
            visitor.Visit(this, ref reader);
            return;
        }
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var next = Find(ref reader);
                reader.Read();
                Enter(next, ref reader, ref visitor);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Enter(_star, ref reader, ref visitor);
            }
        }
    }

    private static void Enter<TVisitor>(PathTree<T>? node, ref Utf8JsonReader reader, ref TVisitor visitor)
        where TVisitor : IPathVisitor<T>, allows ref struct
    {
        if (node is null)
        {
            reader.Skip();
        }
        else
        {
            node.Walk(ref reader, ref visitor);
        }
    }

    private PathTree<T>? Find(ref Utf8JsonReader reader)
    {
        foreach (var (name, node) in _members)
        {
            if (reader.ValueTextEquals(name))
            {
                return node;
            }
        }
        return _star;
    }
}

/// <summary>Is told of values that have something at their path.</summary>
internal interface IPathVisitor<T>
{
    /// <summary>Takes a value in.</summary>
    /// <param name="node">Where it stands.</param>
    /// <param name="reader">At the first token of the value; to be left at its last one.</param>
    void Visit(PathTree<T> node, ref Utf8JsonReader reader);
}
