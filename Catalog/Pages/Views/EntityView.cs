using System.Text.Json;
using Discovery.Metadata;

namespace Discovery.Catalog.Pages.Views;

/// <summary>What the pages show of every entity, of whatever type.</summary>
public sealed record EntityView
{
    /// <summary>The aspects that this is read from; those of <see cref="EntityNames"/> belong to it too.</summary>
    internal static readonly IReadOnlyCollection<string> Aspects =
    [
        .. EntityNames.Aspects, "subTypes", "dataPlatformInstance", "browsePathsV2", "container", "status", "deprecation", "ownership", "globalTags",
        "glossaryTerms", "domains", "viewProperties", "editableDatasetProperties", "editableContainerProperties", "editableDataJobProperties",
        "editableDataFlowProperties", "editableChartProperties", "editableDashboardProperties",
    ];

    /// <summary>The entity.</summary>
    public required string Urn { get; init; }

    /// <summary>Such as <c>dataset</c>.</summary>
    public required string EntityType { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it is in the words of its source, such as <c>View</c>; else its entity type.</summary>
    public required string Kind { get; init; }

    /// <summary>Urn of its platform.</summary>
    public string? Platform { get; init; }

    /// <summary>Urn of its platform instance.</summary>
    public string? Instance { get; init; }

    /// <summary>Such as <c>PROD</c>.</summary>
    public string? Environment { get; init; }

    /// <summary>What it stands in, from the outermost: urns of containers, or plain names.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>Its description as Markdown; what people wrote in the catalog wins over what the source says.</summary>
    public string? Description { get; init; }

    /// <summary>Its owners.</summary>
    public IReadOnlyList<OwnerView> Owners { get; init; } = [];

    /// <summary>Urns of its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Urns of its glossary terms.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Urns of its domains.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Whether it is soft-deleted.</summary>
    public bool Removed { get; init; }

    /// <summary>Why it should not be used any more; null where it is not deprecated, empty without a reason.</summary>
    public string? Deprecation { get; init; }

    /// <summary>Its properties by name, in order of name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>The text that defines a view, and its language.</summary>
    public ViewDefinition? Definition { get; init; }

    /// <summary>Where it is shown outside; http and https alone.</summary>
    public Uri? ExternalUrl { get; init; }

    /// <summary>When it was made in its source.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it last changed in its source.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Reads an entity.</summary>
    public static EntityView Read(string urn, AspectSet aspects)
    {
        _ = Metadata.Urn.TryParse(urn, out var parsed);
        var type = parsed?.EntityType ?? "";
        var main = MainAspect(type, aspects);
        var edited = aspects[$"editable{char.ToUpperInvariant(type.FirstOrDefault('x'))}{type.AsSpan(Math.Min(1, type.Length))}Properties"];
        var instance = aspects["dataPlatformInstance"];
        var deprecation = aspects["deprecation"];
        return new EntityView
        {
            Urn = urn,
            EntityType = type,
            Name = EntityNames.Of(urn, aspects),
            Kind = aspects["subTypes"].Texts("typeNames") is [var kind, ..] ? kind : EntityWords.Singular(type),
            Platform = instance.Text("platform") ?? parsed?.Parts[0] switch { { } part when part.StartsWith("urn:li:dataPlatform:", StringComparison.Ordinal) => part, _ => null },
            Instance = instance.Text("instance"),
            Environment = main.Text("env") ?? (type is "dataset" or "dataFlow" && parsed!.Parts.Count == 3 ? parsed.Parts[2] : null),
            Path = [.. aspects["browsePathsV2"].Items("path").Select(entry => entry.Text("urn") ?? entry.Text("id")).OfType<string>()],
            Description = edited.Text("description") ?? main.Text("description") ?? main.Text("definition"),
            Owners = [.. aspects["ownership"].Items("owners").Select(OwnerView.Read).OfType<OwnerView>()],
            Tags = aspects["globalTags"].Texts("tags", "tag"),
            Terms = aspects["glossaryTerms"].Texts("terms", "urn"),
            Domains = aspects["domains"].Texts("domains"),
            Removed = aspects["status"].Flag("removed"),
            Deprecation = deprecation.Flag("deprecated") ? deprecation.Text("note") ?? "" : null,
            Properties = ReadProperties(main.Member("customProperties")),
            Definition = ViewDefinition.Read(aspects["viewProperties"]),
            ExternalUrl = WebAddress(main.Text("externalUrl")),
            Created = JsonReading.AsTime(main.Member("created").Number("time") ?? main.Number("created")),
            LastModified = JsonReading.AsTime(main.Member("lastModified").Number("time") ?? main.Number("lastModified")),
        };
    }

    /// <summary>The aspect with the name and properties of an entity: <c>datasetProperties</c>, <c>dataJobInfo</c>.</summary>
    private static JsonElement MainAspect(string entityType, AspectSet aspects) =>
        EntityNames.Aspects
            .Where(aspect => aspect.StartsWith(entityType, StringComparison.OrdinalIgnoreCase))
            .Select(aspect => aspects[aspect])
            .FirstOrDefault(value => value.ValueKind == JsonValueKind.Object);

    private static List<KeyValuePair<string, string>> ReadProperties(JsonElement properties) =>
        properties.ValueKind != JsonValueKind.Object ? [] :
        [
            .. properties.EnumerateObject()
                .Select(property => KeyValuePair.Create(property.Name, property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText()))
                .OrderBy(property => property.Key, StringComparer.Ordinal),
        ];

    private static Uri? WebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;
}

/// <summary>An owner.</summary>
/// <param name="Urn">A user or a group.</param>
/// <param name="Type">Such as <c>Technical owner</c>, or the urn of an ownership type.</param>
public sealed record OwnerView(string Urn, string Type)
{
    internal static OwnerView? Read(JsonElement owner)
    {
        if (owner.Text("owner") is not { } urn)
        {
            return null;
        }
        // TECHNICAL_OWNER
        var type = (owner.Text("type") ?? "NONE").Replace('_', ' ').ToLowerInvariant();
        return new OwnerView(urn, owner.Text("typeUrn") ?? (type == "none" ? "owner" : type));
    }
}

/// <summary>How a view is defined.</summary>
/// <param name="Text">Its definition.</param>
/// <param name="Language">Such as <c>SQL</c>.</param>
/// <param name="Materialized">Whether its rows are stored.</param>
public sealed record ViewDefinition(string Text, string Language, bool Materialized)
{
    internal static ViewDefinition? Read(JsonElement view) =>
        (view.Text("formattedViewLogic") ?? view.Text("viewLogic")) is { } text ? new(text, view.Text("viewLanguage") ?? "", view.Flag("materialized")) : null;
}
