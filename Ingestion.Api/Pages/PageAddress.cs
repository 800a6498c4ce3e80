using Discovery.Ingestion.Api.Endpoints;
using Discovery.Web.Shell;

namespace Discovery.Ingestion.Api.Pages;

/// <summary>The addresses of the pages.</summary>
internal static class PageAddress
{
    public const string Recipes = "/ingestion";

    public static string RecipesAfter(string name) => Recipes + QueryText.Of(("cursor", name));

    public static string Recipe(string name) => $"{Recipes}/recipes/{Uri.EscapeDataString(name)}";

    /// <summary>Takes the form that starts a run.</summary>
    public static string Start(string recipe) => $"{Recipe(recipe)}/runs";

    public static string Runs(string? recipe = null, string? state = null, string? kind = null, string? cursor = null) =>
        $"{Recipes}/runs{QueryText.Of(("recipe", recipe), ("state", state), ("kind", kind), ("cursor", cursor))}";

    public static string Run(string id) => $"{Recipes}/runs/{Uri.EscapeDataString(id)}";

    /// <summary>Takes the form that ends a run.</summary>
    public static string Cancel(string id) => $"{Run(id)}/cancel";

    /// <summary>What differs from the run before.</summary>
    public static string Changes(string id, string? database = null, string? change = null, string? cursor = null) =>
        $"{Run(id)}/changes{QueryText.Of(("database", database), ("change", change), ("cursor", cursor))}";

    /// <summary>The whole log as text.</summary>
    public static string Log(string id) => $"{Run(id)}/log";

    /// <summary>What the API knows of a run: its <c>report</c>, its <c>events</c>.</summary>
    public static string OfApi(string id, string part) => $"{ApiRoutes.Prefix}/runs/{Uri.EscapeDataString(id)}/{part}";
}
