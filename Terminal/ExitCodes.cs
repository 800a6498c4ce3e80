namespace Discovery.Terminal;

/// <summary>Exit codes, those of DataHub's client.</summary>
public static class ExitCodes
{
    /// <summary>Everything went well; there may be warnings.</summary>
    public const int Success = 0;

    /// <summary>A failure, a faulty recipe, an interrupt; a warning with <c>--strict-warnings</c>.</summary>
    public const int Failure = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;
}
