using System.CommandLine;

namespace Discovery.Catalog.Commands;

/// <summary><c>--data DIR</c></summary>
internal static class DataOption
{
    public static Option<DirectoryInfo> Create() => new("--data") { Description = "The folder of the catalog; made where it is missing.", HelpName = "DIR", Required = true };
}
