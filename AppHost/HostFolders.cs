namespace Discovery.AppHost;

/// <summary>Where the host's processes keep what they store. A published model has the paths of containers instead.</summary>
/// <param name="Data">The control plane's and the catalog's folders are below it.</param>
/// <param name="Recipes">The recipes.</param>
internal sealed record HostFolders(string Data, string Recipes)
{
    /// <summary>The folders of a model. Where nothing is kept, they are new ones, which go when the process ends.</summary>
    public static HostFolders Of(IDistributedApplicationBuilder builder, HostSettings settings)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return new HostFolders("/data", "/recipes");
        }
        return new HostFolders(settings.KeepsData ? Kept(builder, settings) : Fresh(), Path.Combine(builder.AppHostDirectory, "recipes"));
    }

    /// <summary>A folder below <see cref="Data"/>.</summary>
    public string Of(string name) => $"{Data}{(Data.StartsWith('/') ? '/' : Path.DirectorySeparatorChar)}{name}";

    private static string Kept(IDistributedApplicationBuilder builder, HostSettings settings) => Directory.CreateDirectory(
        Path.GetFullPath(Path.Combine("..", "artifacts", "apphost", settings.Stack.ToString().ToLowerInvariant()), builder.AppHostDirectory)).FullName;

    private static string Fresh()
    {
        var folder = Directory.CreateTempSubdirectory("discovery-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder.FullName;
    }
}
