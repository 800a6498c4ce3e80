using System.CommandLine;
using Discovery.Deploy.Output;
using Discovery.Terminal;

namespace Discovery.Deploy.Commands;

/// <summary><c>deploy render</c></summary>
internal static class RenderCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var config = Options.Config();
        var output = Options.Output();
        var force = new Option<bool>("--force") { Description = "Replace and remove files that somebody changed since they were rendered, too." };
        var command = new Command("render", "Write all files of all environments: manifests, chart values, Argo CD applications, Airflow DAGs, the script for Google Cloud and the README.") { config, output, force };
        command.SetAction(parsed => Run(parsed.GetValue(config)!, parsed.GetValue(output)!, parsed.GetValue(force)));
        return command;
    }

    private static int Run(string config, string folder, bool force)
    {
        if (RenderedFiles.LoadAndPrint(config) is not { } rendered)
        {
            return ExitCodes.Failure;
        }
        try
        {
            var changes = new OutputFolder(folder).Write(rendered.Files, force);
            foreach (var environment in rendered.Environments)
            {
                Print(environment, rendered.Files, changes, path => path.StartsWith(environment + "/", StringComparison.Ordinal));
            }
            // What belongs to no environment, or to one that is no more.
            Print("all", rendered.Files, changes, path => !rendered.Environments.Contains(path.Split('/')[0]));
            return ExitCodes.Success;
        }
        catch (Exception exception) when (exception is OutputException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Error: {exception.Message}");
            return ExitCodes.Failure;
        }
    }

    private static void Print(string name, IReadOnlyList<OutputFile> files, IReadOnlyList<OutputChange> changes, Func<string, bool> isIn)
    {
        var own = changes.Where(change => isIn(change.Path)).ToList();
        var counts = own.GroupBy(change => change.Kind).OrderBy(kind => kind.Key).Select(kind => $", {kind.Count()} {Word(kind.Key)}");
        var total = files.Count(file => isIn(file.Path));
        Console.WriteLine($"{name}: {total} file{(total == 1 ? "" : "s")}{(own.Count == 0 ? ", nothing changed" : string.Concat(counts))}");
        foreach (var change in own)
        {
            Console.WriteLine($"  {Word(change.Kind),-7}  {change.Path}");
        }
    }

    private static string Word(OutputChangeKind kind) => kind switch
    {
        OutputChangeKind.New => "new",
        OutputChangeKind.Changed => "changed",
        _ => "removed",
    };
}
