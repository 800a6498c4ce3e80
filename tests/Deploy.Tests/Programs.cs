using System.Diagnostics;

namespace Discovery.Deploy.Tests;

/// <summary>Runs programs to their end, with nothing to read.</summary>
internal static class Programs
{
    /// <summary>Runs a program.</summary>
    /// <param name="program">Its path, or its name on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder it runs in; null for that of the tests.</param>
    /// <param name="environment">Variables besides those of the tests, or in their place.</param>
    public static (int ExitCode, string Output, string Error) Run(string program, IEnumerable<string> arguments, string? folder = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? "", RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Runs our command line: exit code, and all that it printed.</summary>
    public static (int Code, string Output) RunDeploy(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var (code, output, error) = Run("dotnet", [typeof(Renderer).Assembly.Location, .. arguments], folder, environment);
        return (code, output + error);
    }
}
