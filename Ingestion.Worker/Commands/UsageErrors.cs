using System.CommandLine;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary>A wrong command line: what is wrong, and where help is.</summary>
internal static class UsageErrors
{
    /// <summary>Prints every fault and returns the exit code.</summary>
    public static int Print(ParseResult parsed, TextWriter output)
    {
        foreach (var error in parsed.Errors)
        {
            output.WriteLine($"Error: {error.Message}");
        }
        var words = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? result = parsed.CommandResult; result is not null; result = result.Parent)
        {
            if (result is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } command)
            {
                words.Insert(0, command.Command.Name);
            }
        }
        output.WriteLine($"Try '{string.Join(' ', ["./discovery", .. words, "--help"])}' for help.");
        return ExitCodes.Usage;
    }
}
