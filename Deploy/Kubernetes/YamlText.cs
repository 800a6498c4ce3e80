using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Discovery.Deploy.Kubernetes;

/// <summary>Writes YAML that each reader takes for the same: a text that YAML 1.1 or 1.2 could take for something else is quoted.</summary>
internal static partial class YamlText
{
    /// <summary>Writes documents with <c>---</c> between them, with a comment before the first.</summary>
    /// <param name="comment">Lines of the comment, without <c>#</c>.</param>
    /// <param name="documents">The documents, keys in their order; no nulls but those that are meant.</param>
    public static string Write(string comment, params IEnumerable<JsonNode> documents)
    {
        var text = new StringBuilder();
        foreach (var line in comment.Split('\n'))
        {
            text.Append("# ").Append(line).Append('\n');
        }
        var first = true;
        foreach (var document in documents)
        {
            text.Append(first ? "" : "---\n").Append(One(document));
            first = false;
        }
        return text.ToString();
    }

    private static string One(JsonNode document)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(writer, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024, skipAnchorName: true));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, document);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject mapping:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, mapping.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in mapping)
                {
                    Text(emitter, key);
                    Emit(emitter, value);
                }
                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, list.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list)
                {
                    Emit(emitter, item);
                }
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Text(emitter, value.GetValue<string>());
                break;
            default:
                emitter.Emit(new Scalar(node?.ToJsonString() ?? "null"));
                break;
        }
    }

    private static void Text(Emitter emitter, string text)
    {
        // A block has line feeds alone, cannot begin with an empty line where it has no other, and can escape nothing.
        var style = text.Contains('\n', StringComparison.Ordinal) && !NeedsEscapes().IsMatch(text) && text.Trim('\n').Length > 0 ? ScalarStyle.Literal
            : Plain().IsMatch(text) && !Ambiguous().IsMatch(text) ? ScalarStyle.Plain
            : ScalarStyle.DoubleQuoted;
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
    }

    // What YAML does not take as it is, and line ends of YAML 1.1 that would become line feeds.
    [GeneratedRegex(@"[\x00-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]")]
    private static partial Regex NeedsEscapes();

    [GeneratedRegex(@"^[A-Za-z/_.$][A-Za-z0-9/_.$()*@+=-]*(?::[A-Za-z0-9/_.$()*@+=-]+)*(?: [A-Za-z0-9/_.$()*@+=-]+)*$")]
    private static partial Regex Plain();

    // null, switches of YAML 1.1, and what looks like a number, such as .5 or .inf.
    [GeneratedRegex(@"^(?:null|true|false|yes|no|on|off|y|n|=|\.|\.(?:inf|nan)|[.\d_]+(?:e[\d+-]+)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Ambiguous();
}
