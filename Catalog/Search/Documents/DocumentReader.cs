using System.Globalization;
using System.Text;
using System.Text.Json;
using Discovery.Catalog.Model;
using Discovery.Catalog.Search.Text;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Search.Documents;

/// <summary>Takes from the aspects of an entity what their annotations say is searched.</summary>
internal static class DocumentReader
{
    /// <summary>Stands before the whole name of an entity among the terms, which no word begins with.</summary>
    public const byte NameMark = 1;

    private const int MaxNameBytes = 128;

    /// <summary>Fills a buffer with an entity.</summary>
    public static void Read(EntityState state, DocumentBuffer target)
    {
        var schema = IndexSchema.Instance;
        target.Begin(state.Urn);
        if (state.Aspects.Count == 0)
        {
            return;
        }
        target.Exists = true;
        target.AddValue(schema.EntityType, Encoding.UTF8.GetBytes(state.EntityType));
        var changed = state.Aspects.Max(aspect => aspect.CreatedOn) / 1000 * 1000;
        target.AddValue(schema.Changed, Encoding.ASCII.GetBytes(changed.ToString(CultureInfo.InvariantCulture)));
        var visitor = new AspectVisitor(target);
        foreach (var aspect in state.Aspects)
        {
            if (schema.Aspects.TryGetValue(aspect.Aspect, out var fields))
            {
                visitor.Begin(fields);
                try
                {
                    fields.Tree.Walk(aspect.Value.Span, ref visitor);
                }
                catch (JsonException)
                {
                    // What cannot be read is not found; it must not keep others from being found.
                }
            }
        }
        if (!visitor.HasName)
        {
            AddName(target, UrnText.Name(state.Urn));
        }
        visitor.Finish();
    }

    /// <summary>The term that stands for a whole name, or for its beginning.</summary>
    public static byte[] NameTerm(ReadOnlySpan<char> name)
    {
        var text = Encoding.UTF8.GetBytes(Folding.FoldLower(name.Trim()));
        return [NameMark, .. text.AsSpan(0, Math.Min(text.Length, MaxNameBytes))];
    }

    private static void AddName(DocumentBuffer target, ReadOnlySpan<char> name) => target.AddTerm(IndexSchema.Instance.NameText, NameTerm(name));

    private struct AspectVisitor(DocumentBuffer target) : IPathVisitor<FieldRule>
    {
        // Longest text that is also a whole value, in bytes of UTF-8; as in DataHub.
        private const int MaxTextValue = 255;

        private readonly Dictionary<int, bool> _has = [];
        private readonly Dictionary<int, int> _counts = [];

        public bool HasName { get; private set; }

        /// <summary>Prepares for an aspect: what it may say and does not is false and 0.</summary>
        public readonly void Begin(AspectFields fields)
        {
            foreach (var column in fields.Has)
            {
                _has.TryAdd(column, false);
            }
            foreach (var column in fields.Counts)
            {
                _counts.TryAdd(column, 0);
            }
        }

        public readonly void Finish()
        {
            foreach (var (column, value) in _has)
            {
                target.AddValue(column, value ? "true"u8 : "false"u8);
            }
            foreach (var (column, count) in _counts)
            {
                target.AddValue(column, Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture)));
            }
        }

        public void Visit(PathTree<FieldRule> node, ref Utf8JsonReader reader)
        {
            var rule = node.Items[0];
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray when rule.Annotation.Field == IndexSchema.BrowsePathField:
                    ReadBrowsePath(rule, ref reader);
                    break;
                case JsonTokenType.StartObject when rule.Annotation.IsMap:
                    ReadMap(node, ref reader);
                    break;
                case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    foreach (var each in node.Items)
                    {
                        Take(each, Text(ref reader));
                    }
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        /// <summary>Reads <c>{"team":"core","cost":"5"}</c> as <c>team=core</c> and <c>cost=5</c>.</summary>
        private void ReadMap(PathTree<FieldRule> node, ref Utf8JsonReader reader)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = Text(ref reader);
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        Take(node.Items[0], $"{key}={Text(ref reader)}");
                        reader.Skip();
                    }
                }
                else
                {
                    Take(node.Items[0], $"{key}={Text(ref reader)}");
                    reader.Skip();
                }
            }
        }

        /// <summary>Reads <c>[{"id":"urn:li:container:a","urn":"urn:li:container:a"},{"id":"b"}]</c> as <c>␟urn:li:container:a␟b</c>.</summary>
        private readonly void ReadBrowsePath(FieldRule rule, ref Utf8JsonReader reader)
        {
            var path = new StringBuilder();
            var depth = reader.CurrentDepth;
            while (reader.Read() && reader.CurrentDepth > depth)
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 2 && reader.ValueTextEquals("id"u8))
                {
                    reader.Read();
                    path.Append(IndexSchema.PathSeparator).Append(Text(ref reader));
                }
            }
            target.AddValue(rule.Columns[0], Encoding.UTF8.GetBytes(path.ToString()));
        }

        private void Take(FieldRule rule, string value)
        {
            if (value.Length == 0)
            {
                return;
            }
            var isText = rule.Annotation.Type == SearchFieldType.Text;
            var utf8 = Encoding.UTF8.GetBytes(value);
            foreach (var column in rule.Columns)
            {
                if (!isText || utf8.Length <= MaxTextValue)
                {
                    target.AddValue(column, utf8);
                }
            }
            if (rule.Text >= 0)
            {
                target.AddText(rule.Text, rule.Annotation.Type == SearchFieldType.Urn ? UrnText.Key(value) : value);
            }
            if (rule.Has >= 0)
            {
                _has[rule.Has] = true;
            }
            if (rule.Count >= 0)
            {
                _counts[rule.Count]++;
            }
            if (rule.IsName)
            {
                HasName = true;
                AddName(target, value);
            }
            if (rule.Annotation.Weights.TryGetValue(value, out var weight))
            {
                target.Weight *= weight;
            }
            if (value == "true" && rule.Annotation.Field == "removed")
            {
                target.IsRemoved = true;
            }
        }

        private static string Text(ref Utf8JsonReader reader)
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            {
                return Encoding.UTF8.GetString(reader.ValueSpan);
            }
            try
            {
                return reader.GetString()!;
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair: text that nobody can type.
                return "";
            }
        }
    }
}
