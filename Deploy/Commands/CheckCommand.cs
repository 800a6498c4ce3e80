using System.CommandLine;
using Discovery.Deploy.Policy;
using Discovery.Deploy.Policy.Judges;
using Discovery.Ingestion.Reports;

namespace Discovery.Deploy.Commands;

/// <summary><c>deploy check</c></summary>
internal static class CheckCommand
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Usage = 2;

    // More than anybody reads; a hostile file can have a million.
    private const int MostPrinted = 500;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Folders or files with Kubernetes manifests, or with values of DataHub's charts.", Arity = ArgumentArity.ZeroOrMore };
        var ns = new Option<string?>("--namespace", "-n") { Description = "Namespace of objects that name none, as 'helm template' leaves them.", HelpName = "NAME" };
        var from = new Option<string?>("--from") { Description = "Also say whether DataHub may be moved from this version to the one that is rendered.", HelpName = "VERSION" };
        var schemas = new Option<string[]>("--schemas") { Description = "Where kubeconform finds its schemas, several times if need be: 'default' for those on the network.", HelpName = "LOCATION" };
        var command = new Command("check", "Check manifests and chart values with our own rules, and with kubeconform and kube-score where they are installed.") { paths, ns, from, schemas };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(paths) ?? [], parsed.GetValue(ns), parsed.GetValue(from), parsed.GetValue(schemas) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, string? ns, string? from, string[] schemas, CancellationToken cancellationToken)
    {
        var missing = Array.FindAll(paths, path => !Path.Exists(path));
        if (missing.Length > 0 || (paths.Length == 0 && from is null))
        {
            Console.Error.WriteLine(missing.Length > 0 ? $"Error: there is no file or folder {PrintableText.Of(missing[0])}." : "Error: name folders or files to check.");
            return Usage;
        }
        var refusal = from is null ? null : UpgradePath.Check(from, UpgradePath.Rendered);
        if (from is not null)
        {
            Console.WriteLine(refusal is null ? $"DataHub {PrintableText.Of(from)} may be moved to {UpgradePath.Rendered}." : $"error: upgrade-path: {PrintableText.Of(refusal)}");
        }
        if (paths.Length == 0)
        {
            return refusal is null ? Success : Failure;
        }
        var faults = new List<Finding>();
        var files = PolicyFiles.Read(paths, faults);
        var result = PolicyCheck.Run(files, ns);
        Print(result with { Findings = [.. faults, .. result.Findings] });
        var judges = await InstalledJudges.RunAsync(result.ManifestFiles, schemas, cancellationToken);
        foreach (var judge in judges)
        {
            foreach (var line in judge.Text.Split('\n'))
            {
                Console.WriteLine($"{judge.Name}: {PrintableText.Of(line)}");
            }
        }
        return refusal is null && faults.Count + result.Errors == 0 && !judges.Any(judge => judge.HasFailed) ? Success : Failure;
    }

    private static void Print(PolicyResult result)
    {
        foreach (var finding in result.Findings.Take(MostPrinted))
        {
            Console.WriteLine(finding);
        }
        if (result.Findings.Count > MostPrinted)
        {
            Console.WriteLine($"... and {result.Findings.Count - MostPrinted} more");
        }
        foreach (var note in result.Notes)
        {
            Console.WriteLine($"note: {note}");
        }
        Console.WriteLine($"{result.Errors} errors, {result.Warnings} warnings in {result.Objects} objects");
    }
}
