using Discovery.Deploy.Input;
using Discovery.Deploy.Output;
using Discovery.Ingestion.Reports;

namespace Discovery.Deploy.Commands;

/// <summary>Loads the file named on the command line, prints what is wrong with it, and renders it.</summary>
internal static class RenderedFiles
{
    /// <summary>The rendered files, and the names of the environments; null where there is an error.</summary>
    public static (IReadOnlyList<OutputFile> Files, IReadOnlyList<string> Environments)? LoadAndPrint(string path)
    {
        var loaded = DeployFile.Load(path);
        foreach (var problem in loaded.Problems)
        {
            Console.Error.WriteLine(PrintableText.Of(problem.ToString()));
        }
        return loaded.Environments.Count == 0 ? null : (Renderer.Render(loaded.Environments), [.. loaded.Environments.Select(environment => environment.Name)]);
    }
}
