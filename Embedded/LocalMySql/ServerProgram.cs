using System.Text.RegularExpressions;

namespace Discovery.Embedded.LocalMySql;

/// <summary>A server program installed on this machine.</summary>
/// <param name="Path">Full path of <c>mariadbd</c> or <c>mysqld</c>.</param>
/// <param name="Version">Such as 10.11.19.</param>
/// <param name="IsMariaDb">MariaDB, else MySQL.</param>
internal sealed partial record ServerProgram(string Path, Version Version, bool IsMariaDb)
{
    private static readonly string[] Names = ["mariadbd", "mysqld"];

    private static readonly string[] Folders =
    [
        "/usr/sbin", "/usr/local/sbin", "/usr/libexec", "/usr/local/mysql/bin",
        "/opt/homebrew/opt/mariadb/bin", "/opt/homebrew/opt/mysql/bin", "/usr/local/opt/mariadb/bin", "/usr/local/opt/mysql/bin",
    ];

    private static readonly string[] ScriptNames = ["system_tables", "performance_tables", "system_tables_data", "sys_schema"];

    /// <summary><c>mariadb-10.11.19</c></summary>
    public string Name => $"{(IsMariaDb ? "mariadb" : "mysql")}-{Version}";

    /// <summary>The first program that runs and is new enough (MariaDB 10.5, MySQL 8.0), null for none.</summary>
    public static async Task<ServerProgram?> FindAsync(CancellationToken cancellationToken)
    {
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var candidates =
            from name in Names
            from folder in path.Concat(Folders)
            select System.IO.Path.Combine(folder, name);
        foreach (var candidate in candidates.Distinct(StringComparer.Ordinal).Where(File.Exists))
        {
            if (await ProbeAsync(candidate, cancellationToken) is { } program)
            {
                return program;
            }
        }
        return null;
    }

    /// <summary>The scripts that make MariaDB's system tables, in order. MySQL brings its own.</summary>
    /// <exception cref="LocalMySqlException">They are not where MariaDB's packages put them.</exception>
    public IEnumerable<string> SystemTableScripts()
    {
        var programFolder = System.IO.Path.GetDirectoryName(Path)!;
        string[] folders = [$"{programFolder}/../share/mysql", $"{programFolder}/../share/mariadb", $"{programFolder}/../share", "/usr/share/mysql", "/usr/share/mariadb"];
        // The files' prefix became mariadb_ in MariaDB 11.
        foreach (var (folder, prefix) in folders.SelectMany(folder => new[] { (folder, "mysql"), (folder, "mariadb") }))
        {
            string[] files = [.. ScriptNames.Select(file => $"{folder}/{prefix}_{file}.sql")];
            if (File.Exists(files[0]))
            {
                return files.Where(File.Exists);
            }
        }
        throw new LocalMySqlException($"{Path} is installed without its system tables (mysql_system_tables.sql). Install the whole server package, on Debian and Ubuntu: apt-get install --reinstall mariadb-server-core");
    }

    public static async Task<ServerProgram?> ProbeAsync(string path, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.RunAsync(path, ["--no-defaults", "--version"], cancellationToken);
        return exitCode == 0 ? Parse(path, output) : null;
    }

    // mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)
    // /usr/sbin/mysqld  Ver 8.4.6 for Linux on x86_64 (MySQL Community Server - GPL)
    internal static ServerProgram? Parse(string path, string versionLine)
    {
        var match = VersionPattern().Match(versionLine);
        if (!match.Success)
        {
            return null;
        }
        var version = Version.Parse(match.Groups[1].ValueSpan);
        var isMariaDb = versionLine.Contains("MariaDB", StringComparison.Ordinal);
        return version >= (isMariaDb ? new Version(10, 5) : new Version(8, 0)) ? new ServerProgram(path, version, isMariaDb) : null;
    }

    [GeneratedRegex(@"\bVer (\d+\.\d+\.\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}
