using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Discovery.Terminal;

/// <summary><c>--help</c>: what a command takes, then how people use it.</summary>
/// <param name="examples">Examples of a command, by its name; null for none.</param>
public sealed class HelpWithExamples(Func<string, string?> examples) : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    /// <summary>Makes the option.</summary>
    public static HelpOption Option(Func<string, string?> examples) => new() { Action = new HelpWithExamples(examples) };

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = _help.Invoke(parseResult);
        if (examples(parseResult.CommandResult.Command.Name) is { } text)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(text);
        }
        return exitCode;
    }
}
