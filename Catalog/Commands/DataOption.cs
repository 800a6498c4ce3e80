using System.CommandLine;

namespace Discovery.Catalog.Commands;

/// <summary><c>--data DIR</c></summary>
internal static class DataOption
{
    public static Option<DirectoryInfo> Create(bool isMade = true) => new("--data") { Description = isMade ? "The folder of the catalog; made where it is missing." : "The folder of the catalog.", HelpName = "DIR", Required = true };
}
