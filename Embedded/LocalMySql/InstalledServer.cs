using System.Security.Cryptography;

namespace Discovery.Embedded.LocalMySql;

/// <summary>Starts a server program of this machine.</summary>
internal static class InstalledServer
{
    private const string AdminUser = "discovery_admin";

    /// <exception cref="LocalMySqlException">It does not start.</exception>
    public static async Task<RunningServer> StartAsync(ServerProgram program, LocalMySqlOptions options, CancellationToken cancellationToken)
    {
        var folder = await ServerFolder.OpenAsync(Path.Combine(options.DataFolder, program.Name), cancellationToken);
        try
        {
            string[] common = [.. CommonArguments(folder), .. options.Arguments];
            await SystemTables.CreateAsync(program, folder, common, cancellationToken);

            var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
            var accounts = folder.WritePrivate("accounts.sql", Accounts(password));
            var start = new ServerStart(port => OwnedProcess.Start(program.Path, ServerArguments(folder, port, accounts, common), folder.Log), folder.Log, ServerLog.SaysReady);
            try
            {
                var (process, port, _) = await start.RunAsync(options, cancellationToken);
                return new RunningServer
                {
                    Process = process,
                    Name = $"{(program.IsMariaDb ? "mariadbd" : "mysqld")} {program.Version}",
                    Version = program.Version,
                    IsMariaDb = program.IsMariaDb,
                    Port = port,
                    LogFile = folder.Log,
                    DataFolder = folder.Path,
                    AdminUser = AdminUser,
                    AdminPassword = password,
                    AccountHost = "127.0.0.1",
                    CleanUpAsync = () =>
                    {
                        folder.Dispose();
                        return ValueTask.CompletedTask;
                    },
                };
            }
            finally
            {
                File.Delete(accounts);
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    // The server runs this itself before it answers anybody, so that no account ever has an empty or a lasting password.
    private static string Accounts(string password) => $"""
        CREATE USER IF NOT EXISTS '{AdminUser}'@'127.0.0.1';
        ALTER USER '{AdminUser}'@'127.0.0.1' IDENTIFIED BY '{password}';
        GRANT ALL PRIVILEGES ON *.* TO '{AdminUser}'@'127.0.0.1' WITH GRANT OPTION;
        ALTER USER 'root'@'localhost' ACCOUNT LOCK;

        """;

    private static IEnumerable<string> CommonArguments(ServerFolder folder)
    {
        // Sized for samples and tests; --loose- for what only one of MariaDB and MySQL knows.
        yield return "--innodb-buffer-pool-size=64M";
        yield return "--innodb-flush-log-at-trx-commit=0";
        yield return "--performance-schema=OFF";
        yield return "--skip-log-bin";
        yield return "--loose-mysqlx=OFF";
        yield return "--loose-aria-pagecache-buffer-size=16M";
        yield return $"--secure-file-priv={folder.NoFiles}";
        yield return $"--tmpdir={folder.Temporary}";
        if (Environment.IsPrivilegedProcess)
        {
            // Servers refuse root unless told so; another user could not enter a checkout below /root.
            yield return "--user=root";
        }
    }

    private static IEnumerable<string> ServerArguments(ServerFolder folder, int port, string accounts, IEnumerable<string> common) =>
    [
        "--no-defaults",
        $"--datadir={folder.Data}",
        "--bind-address=127.0.0.1",
        $"--port={port}",
        $"--socket={folder.Socket}",
        $"--pid-file={folder.PidFile}",
        $"--log-error={folder.Log}",
        $"--init-file={accounts}",
        "--skip-name-resolve",
        "--local-infile=OFF",
        "--max-connections=100",
        .. common,
    ];
}
