using System.CommandLine;
using Discovery.Deploy.Output;

namespace Discovery.Deploy.Commands;

/// <summary><c>deploy diff</c></summary>
internal static class DiffCommand
{
    // As diff(1) has them.
    private const int Equal = 0;
    private const int Different = 1;
    private const int Trouble = 2;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var config = Options.Config();
        var output = Options.Output();
        var command = new Command("diff", "Show what 'deploy render' would change in a folder, as git diff does; nothing is written.") { config, output };
        command.SetAction(parsed => Run(parsed.GetValue(config)!, parsed.GetValue(output)!));
        return command;
    }

    private static int Run(string config, string folder)
    {
        if (RenderedFiles.LoadAndPrint(config) is not { } rendered)
        {
            return Trouble;
        }
        if (!Path.Exists(folder))
        {
            Console.Error.WriteLine($"Error: there is no folder {folder}; name one with --output, or render first.");
            return Trouble;
        }
        try
        {
            var changes = new OutputFolder(folder).Compare(rendered.Files);
            foreach (var change in changes)
            {
                Console.Write(UnifiedDiff.Write(change));
            }
            return changes.Count == 0 ? Equal : Different;
        }
        catch (Exception exception) when (exception is OutputException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Error: {exception.Message}");
            return Trouble;
        }
    }
}
