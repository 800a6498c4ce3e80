using System.Diagnostics;

namespace Discovery.Integration.Tests.Support;

/// <summary>Starts programs and waits for their end.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>The command line program where it was built: beside the tests some of its libraries are missing, as they come with the framework of servers.</summary>
    public static readonly string Worker =
        Path.Combine(AppContext.BaseDirectory, "..", "..", "Ingestion.Worker", new DirectoryInfo(AppContext.BaseDirectory).Name, "Discovery.Ingestion.Worker.dll");

    /// <summary>Runs the command line program as people do, in its own process.</summary>
    public static Task<ProgramResult> DiscoveryAsync(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        RunAsync("dotnet", folder, variables, [Worker, .. arguments]);

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProgramResult> RunAsync(string program, string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using var process = Start(program, folder, variables, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return new ProgramResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a program; the caller ends and disposes of it.</summary>
    public static Process Start(string program, string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
