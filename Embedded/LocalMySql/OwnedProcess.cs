using System.Diagnostics;

namespace Discovery.Embedded.LocalMySql;

/// <summary>
/// A program that ends when we do, however we end. A shell stands between: it holds the reading end of a pipe whose
/// writing end is ours, and asks the program to end (SIGTERM) when that pipe closes, which the kernel does for us even
/// after SIGKILL. (The kernel's parent-death signal would go off as soon as the thread that started the program ends.)
/// </summary>
internal sealed class OwnedProcess : IAsyncDisposable
{
    // Ctrl-C goes to every process of the terminal; the program is to see only the SIGTERM that we decide on.
    private const string Script = """
        exec >>"$1" 2>&1
        shift
        trap '' INT HUP QUIT
        exec 3<&0
        "$@" </dev/null 3<&- &
        program=$!
        trap 'kill -TERM "$program"' TERM
        (read -r line <&3; kill -TERM "$program") 2>/dev/null &
        watcher=$!
        wait "$program"
        code=$?
        kill "$watcher" 2>/dev/null
        exit "$code"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Process _shell;

    private OwnedProcess(Process shell) => _shell = shell;

    public bool HasExited => _shell.HasExited;

    /// <param name="program">Full path.</param>
    /// <param name="arguments">Its arguments; never secrets, other users can see them.</param>
    /// <param name="output">File to which its output is appended.</param>
    public static OwnedProcess Start(string program, IEnumerable<string> arguments, string output)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", output, program, .. arguments]) { RedirectStandardInput = true };
        return new OwnedProcess(Process.Start(start)!);
    }

    /// <summary>Asks the program to end, waits for it, and kills it when it does not end within 20 seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _shell.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _shell.Kill(entireProcessTree: true);
            await _shell.WaitForExitAsync(CancellationToken.None);
        }
        _shell.Dispose();
    }
}
