using Microsoft.AspNetCore.Routing;

namespace Discovery.Web.Shell;

/// <summary>The files that every page refers to.</summary>
public static class ShellFiles
{
    internal static EmbeddedFile Stylesheet { get; } = new(typeof(ShellFiles).Assembly, "discovery.css");

    internal static EmbeddedFile Icon { get; } = new(typeof(ShellFiles).Assembly, "discovery.svg");

    /// <summary>Serves the stylesheet and the icon.</summary>
    public static void MapShellFiles(this IEndpointRouteBuilder routes)
    {
        Stylesheet.Map(routes);
        Icon.Map(routes);
    }
}
