using Discovery.Embedded.LocalMySql;

namespace Discovery.Embedded;

/// <summary>The checkout that this program was built in: the samples come from it, and all that is made stays in its <c>artifacts</c>.</summary>
internal sealed record Checkout(string Root)
{
    public string Artifacts => Path.Combine(Root, "artifacts");

    public string SampleFleet => Path.Combine(Root, "samples", "fleet");

    public string PackageScript => Path.Combine(Root, "eng", "packages.sh");

    /// <exception cref="LocalMySqlException">The program is somewhere else.</exception>
    public static Checkout Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Discovery.sln")))
            {
                return new Checkout(folder.FullName);
            }
        }
        throw new LocalMySqlException("This program works inside a checkout of Discovery only. Start it with ./discovery up there.");
    }
}
