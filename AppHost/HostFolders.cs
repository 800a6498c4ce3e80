namespace Discovery.AppHost;

/// <summary>Where the host's processes keep what they store. A published model has the paths of containers instead.</summary>
/// <param name="Data">The control plane's and the catalog's folders are below it.</param>
/// <param name="Recipes">The recipes.</param>
internal sealed record HostFolders(string Data, string Recipes)
{
    /// <summary>The folders of a model; a start without anything from before has one of its own, which it empties.</summary>
    public static HostFolders Of(IDistributedApplicationBuilder builder, HostSettings settings)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return new HostFolders("/data", "/recipes");
        }
        var data = Path.GetFullPath(Path.Combine("..", "artifacts", "apphost", $"{settings.Stack.ToString().ToLowerInvariant()}{(settings.KeepsData ? "" : "-fresh")}"), builder.AppHostDirectory);
        if (!settings.KeepsData && Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
        Directory.CreateDirectory(data);
        return new HostFolders(data, Path.Combine(builder.AppHostDirectory, "recipes"));
    }

    /// <summary>A folder below <see cref="Data"/>.</summary>
    public string Of(string name) => $"{Data}{(Data.StartsWith('/') ? '/' : Path.DirectorySeparatorChar)}{name}";
}
