using System.CommandLine;

namespace Discovery.Terminal;

/// <summary>A program of a command line: what is wrong with the line, an interrupt and a defect each have their words and exit code.</summary>
public static class TerminalProgram
{
    /// <summary>Runs what the arguments ask for.</summary>
    /// <param name="root">The commands, <see cref="HelpWithExamples"/> and <paramref name="debug"/> among them.</param>
    /// <param name="debug">The option that shows the stack trace of a defect.</param>
    /// <param name="args">The arguments.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Command root, Option<bool> debug, string[] args)
    {
        // A cron schedule may begin with @, which is no file of arguments here.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            return UsageErrors.Print(parsed, Console.Error);
        }
        using var interrupt = new Interrupt();
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interrupt.Token);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("Interrupted.");
            return ExitCodes.Failure;
        }
        catch (Exception exception)
        {
            return Defects.Print(exception, parsed.GetValue(debug), Console.Error);
        }
    }
}
