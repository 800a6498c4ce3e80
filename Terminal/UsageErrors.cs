using System.CommandLine;
using System.CommandLine.Parsing;

namespace Discovery.Terminal;

/// <summary>A wrong command line: what is wrong, and where help is.</summary>
internal static class UsageErrors
{
    /// <summary>Prints every fault and returns the exit code.</summary>
    public static int Print(ParseResult parsed, TextWriter output)
    {
        // System.CommandLine's own error says that a command is missing, and not which there are.
        var next = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
        if (next.Count > 0 && parsed.CommandResult.Command.Action is null)
        {
            output.WriteLine($"Error: {(parsed.UnmatchedTokens is [var word, ..] ? $"'{word}' is not known here" : "a word is missing")}; one of: {string.Join(", ", next)}.");
        }
        else
        {
            foreach (var error in parsed.Errors)
            {
                output.WriteLine($"Error: {error.Message}");
            }
        }
        var words = new List<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent)
        {
            words.Insert(0, command.Command.Name);
        }
        output.WriteLine($"Try '{string.Join(' ', words)} --help' for help.");
        return ExitCodes.Usage;
    }
}
