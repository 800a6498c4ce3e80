using System.CommandLine;

namespace Discovery.Deploy.Commands;

/// <summary>Options that several commands have.</summary>
internal static class Options
{
    /// <summary><c>--debug</c></summary>
    public static Option<bool> Debug { get; } = new("--debug") { Description = "Print more about what goes on.", Recursive = true };

    /// <summary><c>-c FILE</c></summary>
    public static Option<string> Config() => new("--config", "-c") { Description = "The file that says what is deployed.", HelpName = "FILE", DefaultValueFactory = _ => "deploy.yml" };

    /// <summary><c>-o DIR</c></summary>
    public static Option<string> Output() => new("--output", "-o") { Description = "The folder of the rendered files.", HelpName = "DIR", DefaultValueFactory = _ => "out" };
}
