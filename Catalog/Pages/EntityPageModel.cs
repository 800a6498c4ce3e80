using Discovery.Catalog.Pages.Views;

namespace Discovery.Catalog.Pages;

/// <summary>The page of an entity: what stands above the tabs, and the content of the one that is open.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Tabs">Words of its tabs in order, such as <c>schema</c>.</param>
/// <param name="Tab">The one that is open.</param>
/// <param name="Content">What it shows.</param>
public sealed record EntityPageModel(EntityView Entity, IReadOnlyList<string> Tabs, string Tab, TabContent Content)
{
    /// <summary>Types of entity that lineage leads from and to.</summary>
    private static readonly HashSet<string> WithLineage =
        ["dataset", "dataJob", "chart", "dashboard", "dataProcessInstance", "mlModel", "mlModelGroup", "mlFeature", "mlFeatureTable", "mlPrimaryKey"];

    /// <summary>Fields of the index by which one finds what belongs to an entity of a type.</summary>
    internal static string? MemberField(string entityType) => entityType switch
    {
        "container" => "container",
        "dataPlatform" => "platform",
        "dataPlatformInstance" => "platformInstance",
        "tag" => "tags",
        "glossaryTerm" => "glossaryTerms",
        "domain" => "domains",
        "corpuser" or "corpGroup" => "owners",
        "dataFlow" => "dataFlow",
        _ => null,
    };

    /// <summary>The tabs of a type of entity, the first being the one that opens.</summary>
    internal static IReadOnlyList<string> TabsOf(string entityType)
    {
        var tabs = new List<string>();
        if (entityType == "dataset")
        {
            tabs.Add("schema");
        }
        if (MemberField(entityType) is not null)
        {
            tabs.Add("content");
        }
        if (entityType == "container")
        {
            tabs.Add("diagram");
        }
        if (WithLineage.Contains(entityType))
        {
            tabs.Add("lineage");
        }
        return [.. tabs, "properties", "history", "raw"];
    }
}

/// <summary>What a tab shows.</summary>
public abstract record TabContent;

/// <summary>Columns and foreign keys.</summary>
/// <param name="Schema">Null where the dataset has none.</param>
/// <param name="ReferredBy">Foreign keys of tables that refer to it.</param>
public sealed record SchemaContent(SchemaView? Schema, IncomingForeignKeys ReferredBy) : TabContent;

/// <summary>What belongs to the entity.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Urns">Those of the page.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="SearchAddress">The same as a search.</param>
public sealed record MemberContent(int Total, IReadOnlyList<string> Urns, int Page, string SearchAddress) : TabContent;

/// <summary>Properties, owners and definition.</summary>
public sealed record PropertiesContent : TabContent;

/// <summary>Versions of the aspects, newest first.</summary>
/// <param name="Versions">Those of the page.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Pages">How many pages there are.</param>
public sealed record HistoryContent(IReadOnlyList<AspectVersion> Versions, int Page, int Pages) : TabContent;

/// <summary>The aspects as JSON.</summary>
public sealed record RawContent(IReadOnlyList<RawAspect> Aspects) : TabContent;
