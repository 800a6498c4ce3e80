using System.CommandLine;
using System.Text;
using Discovery.Deploy.Output;
using Discovery.Deploy.Policy;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;

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
                if (SecretIn(change) is { } secret)
                {
                    Console.Error.WriteLine($"Warning: {PrintableText.Of(Path.Combine(folder, change.Path))} was changed by hand and holds {secret}, so the difference is not shown; take it out, and replace it where others may have seen it.");
                }
                else
                {
                    Console.Write(UnifiedDiff.Write(change));
                }
            }
            return changes.Count == 0 ? Equal : Different;
        }
        catch (Exception exception) when (exception is OutputException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Error: {exception.Message}");
            return Trouble;
        }
    }

    /// <summary>What secret somebody wrote into a file; null for none, and for what a render wrote.</summary>
    private static string? SecretIn(OutputChange change)
    {
        if (!change.IsEdited)
        {
            return null;
        }
        var rendered = Encoding.UTF8.GetString(change.After?.Bytes ?? []).Split('\n').ToHashSet(StringComparer.Ordinal);
        var written = string.Join('\n', Encoding.UTF8.GetString(change.Before!.Bytes).Split('\n').Where(line => !rendered.Contains(line)));
        return written.Split('\n').Select(SecretPatterns.Find).FirstOrDefault(found => found is not null)
            ?? LiteralSecrets.InText(written).Select(found => found.What).FirstOrDefault()
            ?? (SecretPatterns.Literals(written).Any() ? "what looks like a password" : null);
    }
}
