using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Discovery.Embedded.LocalMySql;

/// <summary>The folder of one server version: its data, log, socket and lock. Held by one process at a time.</summary>
internal sealed class ServerFolder : IDisposable
{
    /// <summary>sun_path of sockaddr_un holds 104 bytes on macOS and 108 on Linux, the closing zero included.</summary>
    private const int LongestSocketPath = 103;

    private readonly FileStream _lock;
    private readonly DirectoryInfo? _socketFolder;

    private ServerFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
        Socket = Inside("server.sock");
        if (Encoding.UTF8.GetByteCount(Socket) > LongestSocketPath)
        {
            _socketFolder = Directory.CreateTempSubdirectory("discovery-");
            Socket = System.IO.Path.Combine(_socketFolder.FullName, "server.sock");
        }
    }

    public string Path { get; }

    public string Data => Inside("data");

    public string Log => Inside("server.log");

    public string PidFile => Inside("server.pid");

    public string Socket { get; }

    /// <summary>Always empty: the only folder that LOAD DATA and SELECT INTO OUTFILE may use.</summary>
    public string NoFiles => Inside("no-files");

    /// <summary>Not /tmp: MariaDB removes every server's temporary tables from the folder when it starts.</summary>
    public string Temporary => Inside("tmp");

    /// <summary>Opens the folder and waits for a server that the last process left behind to end.</summary>
    /// <exception cref="LocalMySqlException">Another process uses it, or it cannot be written.</exception>
    public static async Task<ServerFolder> OpenAsync(string path, CancellationToken cancellationToken)
    {
        ServerFolder? folder = null;
        try
        {
            const UnixFileMode OursAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(path, OursAlone);
            var @lock = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            folder = new ServerFolder(path, @lock);
            Directory.CreateDirectory(folder.NoFiles, OursAlone);
            Directory.CreateDirectory(folder.Temporary, OursAlone);
            await folder.EndLeftOverServerAsync(cancellationToken);
            File.Delete(folder.Log);
            File.Delete(folder.PidFile);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder?.Dispose();
            // EWOULDBLOCK of Linux and of macOS: the lock is taken.
            throw e.HResult is 11 or 35
                ? new LocalMySqlException($"Another process runs a server in {path}. End it (Ctrl-C) first.", e)
                : new LocalMySqlException($"The folder for the local server cannot be used: {e.Message} Make {path} writable for this user, or run ./discovery clean.", e);
        }
        catch
        {
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file that only this user can read.</summary>
    public string WritePrivate(string name, string content)
    {
        var path = Inside(name);
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using var writer = new StreamWriter(path, options);
        writer.Write(content);
        return path;
    }

    public string Inside(string name) => System.IO.Path.Combine(Path, name);

    public int? ServerProcessId() =>
        File.Exists(PidFile) && int.TryParse(File.ReadAllText(PidFile), NumberStyles.None | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var id) ? id : null;

    public void Dispose()
    {
        _lock.Dispose();
        _socketFolder?.Delete(recursive: true);
    }

    // We hold the lock, so whoever started that server is gone, and the server is about to end (see OwnedProcess).
    private async Task EndLeftOverServerAsync(CancellationToken cancellationToken)
    {
        if (ServerProcessId() is not { } id || !await IsOursAsync(id, cancellationToken))
        {
            return;
        }
        await Command.RunAsync("/bin/sh", ["-c", "kill -TERM \"$1\"", "sh", $"{id}"], cancellationToken);
        try
        {
            using var server = Process.GetProcessById(id);
            await server.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
        }
        catch (ArgumentException)
        {
            // Ended already.
        }
        catch (TimeoutException e)
        {
            throw new LocalMySqlException($"A server left behind in {Path} (process {id}) does not end. End it with: kill -9 {id}", e);
        }
    }

    // A process id may have been given to another program since.
    private async Task<bool> IsOursAsync(int id, CancellationToken cancellationToken)
    {
        var commandLine = $"/proc/{id}/cmdline";
        var text = Directory.Exists("/proc/self")
            ? File.Exists(commandLine) ? await File.ReadAllTextAsync(commandLine, cancellationToken) : ""
            : (await Command.RunAsync("ps", ["-o", "args=", "-p", $"{id}"], cancellationToken)).Output;
        return text.Contains($"--datadir={Data}", StringComparison.Ordinal);
    }
}
