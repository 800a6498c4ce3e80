namespace Discovery.Embedded.LocalMySql;

/// <summary>A server that answers, and what is needed to talk to it and to end it.</summary>
internal sealed record RunningServer
{
    public required OwnedProcess Process { get; init; }

    /// <summary>Name and version for people: <c>mariadbd 10.11.19</c>.</summary>
    public required string Name { get; init; }

    public required Version Version { get; init; }

    public required bool IsMariaDb { get; init; }

    public required int Port { get; init; }

    public required string LogFile { get; init; }

    /// <summary>Where databases stay after the end, null for nowhere.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Name of an account that may do everything.</summary>
    public required string AdminUser { get; init; }

    public required string AdminPassword { get; init; }

    /// <summary>The host part of accounts as this server sees us.</summary>
    public required string AccountHost { get; init; }

    /// <summary>Frees everything else, after the process has ended.</summary>
    public required Func<ValueTask> CleanUpAsync { get; init; }
}
