using System.Diagnostics;

namespace Discovery.Deploy.Tests;

/// <summary>Named pipes: files that whoever opens them waits at until somebody writes.</summary>
internal static class Pipe
{
    /// <summary>Makes a pipe; skips the test where there is no mkfifo.</summary>
    public static void Make(string path)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "There is no mkfifo here.");
        using var process = Process.Start("/usr/bin/mkfifo", [path]);
        process.WaitForExit();
    }
}
