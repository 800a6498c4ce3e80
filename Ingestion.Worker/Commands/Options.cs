using System.CommandLine;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary>Options that several commands have.</summary>
internal static class Options
{
    /// <summary><c>--debug</c></summary>
    public static Option<bool> Debug { get; } = new("--debug") { Description = "Print more about what goes on.", Recursive = true };

    /// <summary><c>-c FILE</c>; given twice, the last one counts.</summary>
    public static Option<string[]> Config() => new("-c", "--config")
    {
        Description = "The recipe: a .yml, .yaml, .json or .toml file, or - for standard input.",
        HelpName = "FILE",
        Required = true,
    };
}
