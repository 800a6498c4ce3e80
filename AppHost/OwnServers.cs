namespace Discovery.AppHost;

/// <summary>What the servers of this repository have in common.</summary>
internal static class OwnServers
{
    /// <summary>Has a server listen on loopback, behind the port that others see, and be healthy when it says so.</summary>
    /// <param name="server">The server.</param>
    /// <param name="port">The port that others see; null for any.</param>
    public static IResourceBuilder<ProjectResource> ListensOn(this IResourceBuilder<ProjectResource> server, int? port)
    {
        server.WithHttpEndpoint(port).WithHttpHealthCheck("/health");
        return server.WithArgs("--urls", ReferenceExpression.Create($"http://127.0.0.1:{server.GetEndpoint("http").Property(EndpointProperty.TargetPort)}"));
    }

    /// <summary>Names the page of a server that the dashboard links to.</summary>
    public static IResourceBuilder<ProjectResource> WithPage(this IResourceBuilder<ProjectResource> server, string name, string path) =>
        server.WithUrlForEndpoint("http", url => (url.DisplayText, url.Url) = (name, path));
}
