using System.Globalization;
using System.Text.RegularExpressions;

namespace Discovery.Deploy.Policy.Shapes;

/// <summary>A kind whose shape is known.</summary>
/// <param name="ApiVersion">Such as <c>apps/v1</c>.</param>
/// <param name="Kind">Kind.</param>
/// <param name="HasNamespace">Whether its objects have one.</param>
/// <param name="Shape">Name of its shape.</param>
internal sealed record KnownKind(string ApiVersion, string Kind, bool HasNamespace, string Shape);

/// <summary>The shapes of the kinds that are checked, from <c>shapes.txt</c>; eng/update-shapes.py explains the notation.</summary>
internal sealed class ShapeCatalog
{
    // Kinds without a namespace whose shape is not known.
    private static readonly HashSet<string> WithoutNamespace =
    [
        "APIService", "CSIDriver", "ClusterPodMonitoring", "ClusterRules", "CustomResourceDefinition", "GatewayClass", "IngressClass", "MutatingWebhookConfiguration", "Node",
        "PersistentVolume", "RuntimeClass", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VolumeSnapshotClass",
    ];

    private readonly Dictionary<(string ApiVersion, string Kind), KnownKind> _kinds;
    private readonly Dictionary<string, Shape> _shapes;

    private ShapeCatalog(TextReader text)
    {
        var (kinds, shapes) = (new List<KnownKind>(), new List<(string Name, bool IsOpen, Dictionary<string, ShapeField> Fields)>());
        while (text.ReadLine() is { } line)
        {
            var words = line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["object" or "cluster", var version, var kind, ..]:
                    kinds.Add(new KnownKind(version, kind, words[0] == "object", words.Length > 3 ? words[3] : kind));
                    break;
                case ["shape", var name, ..]:
                    shapes.Add((name, words.Length > 2, new(StringComparer.Ordinal)));
                    break;
                case [not "#", ..] when line.StartsWith("  ", StringComparison.Ordinal):
                    shapes[^1].Fields.Add(words[0].TrimEnd('!'), new ShapeField(words[0].EndsWith('!'), Type(line[(line.IndexOf(' ', 2) + 1)..])));
                    break;
            }
        }
        _kinds = kinds.ToDictionary(kind => (kind.ApiVersion, kind.Kind));
        _shapes = shapes.ToDictionary(shape => shape.Name, shape => new Shape(shape.Name, shape.IsOpen, shape.Fields), StringComparer.Ordinal);
    }

    /// <summary>The catalog that is built in.</summary>
    public static ShapeCatalog BuiltIn { get; } = Load();

    /// <summary>All kinds whose shape is known.</summary>
    public IEnumerable<KnownKind> Kinds => _kinds.Values;

    /// <summary>A kind in a version; null where it is not known.</summary>
    public KnownKind? Find(string apiVersion, string kind) => _kinds.GetValueOrDefault((apiVersion, kind));

    /// <summary>A shape by name.</summary>
    public Shape Get(string name) => _shapes[name];

    /// <summary>Whether objects of a kind have a namespace; so it is taken where nothing is known.</summary>
    public bool HasNamespace(string apiVersion, string kind) =>
        Find(apiVersion, kind)?.HasNamespace ?? Kinds.FirstOrDefault(known => known.Kind == kind)?.HasNamespace ?? !WithoutNamespace.Contains(kind);

    private static ShapeCatalog Load()
    {
        using var text = new StreamReader(typeof(ShapeCatalog).Assembly.GetManifestResourceStream("shapes.txt") ?? throw new InvalidOperationException("shapes.txt is not built in"));
        return new ShapeCatalog(text);
    }

    private static ShapeType Type(string text) => text switch
    {
        "string" => new TextType(null),
        "boolean" => new SwitchType(),
        "quantity" => new QuantityType(),
        "integer-or-string" => new NumberOrTextType(),
        "any" => new AnyType(),
        "integer" or "number" => new NumberType(text == "integer", double.MinValue, double.MaxValue),
        ['[', .. var item, ']'] => new ListType(Type(item)),
        ['{', .. var value, '}'] => new MapType(Type(value)),
        ['=', .. var choices] => new ChoiceType(choices.Split('|')),
        _ when text.StartsWith("string ~", StringComparison.Ordinal) => new TextType(new Regex(text[8..], RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)),
        _ when text.StartsWith("integer ", StringComparison.Ordinal) || text.StartsWith("number ", StringComparison.Ordinal) => Range(text),
        _ => new NamedType(text),
    };

    // integer 1..65535    integer 0..
    private static NumberType Range(string text)
    {
        var ends = text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split("..");
        return new NumberType(text[0] == 'i', End(ends[0], double.MinValue), End(ends[1], double.MaxValue));
    }

    private static double End(string text, double none) => text.Length == 0 ? none : double.Parse(text, CultureInfo.InvariantCulture);
}
