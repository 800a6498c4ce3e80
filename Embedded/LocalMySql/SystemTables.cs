using System.Text;

namespace Discovery.Embedded.LocalMySql;

/// <summary>Makes the data folder of a server, once, without any network.</summary>
internal static class SystemTables
{
    /// <summary>Makes <see cref="ServerFolder.Data"/>, complete or not at all.</summary>
    /// <exception cref="LocalMySqlException">The server could not make it.</exception>
    public static async Task CreateAsync(ServerProgram program, ServerFolder folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder.Data))
        {
            return;
        }
        var unfinished = folder.Inside("data.new");
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }
        Directory.CreateDirectory(unfinished);
        IEnumerable<string> start = ["--no-defaults", program.IsMariaDb ? "--bootstrap" : "--initialize-insecure", $"--datadir={unfinished}", .. arguments];
        var input = program.IsMariaDb ? await BootstrapScriptAsync(program, cancellationToken) : "";
        var (exitCode, output) = await Command.RunAsync(program.Path, start, cancellationToken, input);
        if (exitCode != 0)
        {
            throw new LocalMySqlException($"{program.Path} could not make its data folder {unfinished} (exit code {exitCode}). Its last lines:\n{ServerLog.LastLines(output)}");
        }
        Directory.Move(unfinished, folder.Data);
    }

    private static async Task<string> BootstrapScriptAsync(ServerProgram program, CancellationToken cancellationToken)
    {
        var script = new StringBuilder("create database mysql;\nuse mysql;\n");
        foreach (var file in program.SystemTableScripts())
        {
            script.Append(await File.ReadAllTextAsync(file, cancellationToken)).Append('\n');
        }
        // The scripts also make root accounts without a password for 127.0.0.1 and the name of this machine.
        return script.Append("DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost';\n").ToString();
    }
}
