namespace Discovery.Tests;

/// <summary>The folder <c>shared</c> beside the checkout, which holds DataHub's model and recorded output.</summary>
internal static class SharedFolder
{
    public static string Root { get; } = FindRoot();

    public static string Require(string path)
    {
        var full = Path.Combine(Root, "..", "shared", path);
        Assert.SkipUnless(Path.Exists(full), $"../shared/{path} is not there");
        return Path.GetFullPath(full);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Discovery.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the checkout.");
        }
        return folder.FullName;
    }
}
