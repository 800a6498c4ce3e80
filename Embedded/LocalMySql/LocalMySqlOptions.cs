namespace Discovery.Embedded.LocalMySql;

/// <summary>How to start a <see cref="LocalMySqlServer"/>.</summary>
public sealed record LocalMySqlOptions
{
    /// <summary>
    /// Folder that belongs to the server alone, one server at a time; made if it is not there. Databases in it are there
    /// again at the next start. Each server version has a subfolder of its own. Not used with Docker.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>Path of the server program; null for the first one found (MariaDB before MySQL), else Docker.</summary>
    public string? Program { get; init; }

    /// <summary>
    /// Image of a container to start, even where a server program is installed: <c>mysql:8.4</c>, or that of a registry of one's own. It takes what the public
    /// images mariadb and mysql take. Null for <c>mariadb:10.11</c>, where no program is found.
    /// </summary>
    public string? Image { get; init; }

    /// <summary>Port on 127.0.0.1; null for any free one.</summary>
    public int? Port { get; init; }

    /// <summary>More arguments for the server, such as <c>--lower-case-table-names=1</c>. They win over ours.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How long a start may take.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
