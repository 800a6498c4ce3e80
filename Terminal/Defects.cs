namespace Discovery.Terminal;

/// <summary>What no command foresaw: one line, never a stack trace on its own.</summary>
internal static class Defects
{
    /// <summary>Prints the fault, without what may hold a secret, and returns the exit code.</summary>
    public static int Print(Exception exception, bool withStackTrace, TextWriter output)
    {
        // The message of a file fault is a path and a reason; any other one may hold anything.
        var text = exception is IOException or UnauthorizedAccessException
            ? $"Output could not be written: {exception.Message}"
            : $"A defect of this program: {exception.GetType().Name} in {exception.TargetSite?.DeclaringType?.FullName}. Please report it, with what --debug shows.";
        try
        {
            output.WriteLine(withStackTrace ? $"{text}\n{exception.StackTrace}" : text);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // Nobody listens; the exit code is all that is left.
        }
        return ExitCodes.Failure;
    }
}
