using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary>Puts a schedule into the text of a YAML recipe and leaves every other character as it is.</summary>
internal static class ScheduleText
{
    private const string Block = "deployment";

    /// <summary>The text with the schedule, and with the time zone where one is given; null where the block is written in a way that is not edited here.</summary>
    public static string? Put(string yaml, string schedule, string? timeZone)
    {
        var text = yaml;
        foreach (var (key, value) in (IEnumerable<(string, string?)>)[("time_zone", timeZone), ("schedule", schedule)])
        {
            if (value is not null)
            {
                if (PutKey(text, key, value) is not { } put)
                {
                    return null;
                }
                text = put;
            }
        }
        return text;
    }

    private static string? PutKey(string text, string key, string value)
    {
        Entry? entry;
        try
        {
            entry = Find(text);
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
        if (entry is null)
        {
            return null;
        }
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        if (entry.Block is not { } block)
        {
            var end = text.Length == 0 || text.EndsWith('\n') ? "" : newLine;
            return $"{text}{end}{newLine}{Block}:{newLine}  {key}: {Quoted(value)}{newLine}";
        }
        if (block.Values.TryGetValue(key, out var written))
        {
            return written is { } scalar ? text[..(int)scalar.Start.Index] + Quoted(value) + text[(int)scalar.End.Index..] : null;
        }
        // deployment:
        //   name: Shop           <- before this, with the same indentation
        var indentation = new string(' ', (int)block.First.Column - 1);
        var at = (int)block.First.Index;
        return $"{text[..at]}{key}: {Quoted(value)}{newLine}{indentation}{text[at..]}";
    }

    // Both are plain ASCII without quotes, or the schedule was refused before.
    private static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Where the block stands; null for a document that is no block mapping, or whose block is not one.</summary>
    private static Entry? Find(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (!parser.Accept<DocumentStart>(out _))
        {
            return null;
        }
        parser.Consume<DocumentStart>();
        if (!parser.TryConsume<MappingStart>(out var root) || root.Style == MappingStyle.Flow)
        {
            return null;
        }
        Entry found = new(null);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var name))
            {
                return null;
            }
            if (name.Value != Block)
            {
                parser.SkipThisAndNestedEvents();
                continue;
            }
            if (!parser.TryConsume<MappingStart>(out var block) || block.Style == MappingStyle.Flow || found.Block is not null || ReadBlock(parser) is not { } read)
            {
                return null;
            }
            found = new Entry(read);
        }
        // What stands behind "..." belongs to no document.
        return parser.Consume<DocumentEnd>().IsImplicit ? found : null;
    }

    private static (Mark First, Dictionary<string, Scalar?> Values)? ReadBlock(Parser parser)
    {
        Mark? first = null;
        var values = new Dictionary<string, Scalar?>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                return null;
            }
            first ??= key.Start;
            // Only what stands on one line is replaced.
            values[key.Value] = parser.Accept<Scalar>(out var value) && value.Anchor.IsEmpty && value.Tag.IsEmpty && value.Start.Line == value.End.Line && value.End.Index > value.Start.Index ? value : null;
            parser.SkipThisAndNestedEvents();
        }
        return first is { } mark ? (mark, values) : null;
    }

    private sealed record Entry((Mark First, Dictionary<string, Scalar?> Values)? Block);
}
