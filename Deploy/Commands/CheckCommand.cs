using System.CommandLine;
using Discovery.Deploy.Output;
using Discovery.Deploy.Policy;
using Discovery.Deploy.Policy.Judges;
using Discovery.Ingestion.Reports;
using Discovery.Terminal;

namespace Discovery.Deploy.Commands;

/// <summary><c>deploy check</c></summary>
internal static class CheckCommand
{
    // More than anybody reads; a hostile file can have a million.
    private const int MostPrinted = 500;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Folders or files with Kubernetes manifests, or with values of DataHub's charts.", Arity = ArgumentArity.ZeroOrMore };
        var config = new Option<string?>("--config", "-c") { Description = "Instead of a PATH: check what this file renders to, without writing it.", HelpName = "FILE" };
        var ns = new Option<string?>("--namespace", "-n") { Description = "Namespace of objects that name none, as 'helm template' leaves them.", HelpName = "NAME" };
        var from = new Option<string?>("--from") { Description = "Also say whether DataHub may be moved from this version to the one that is rendered.", HelpName = "VERSION" };
        var schemas = new Option<string[]>("--schemas") { Description = "Where kubeconform finds its schemas, several times if need be: 'default' for those on the network.", HelpName = "LOCATION" };
        var command = new Command("check", "Check manifests and chart values with our own rules, and with kubeconform and kube-score where they are installed.") { paths, config, ns, from, schemas };
        command.Validators.Add(result =>
        {
            var (given, file) = (result.GetValue(paths) ?? [], result.GetValue(config));
            if (Array.Find(given, path => !Path.Exists(path)) is { } missing)
            {
                result.AddError($"there is no file or folder {PrintableText.Of(missing)}");
            }
            else if ((given.Length > 0 && file is not null) || (given.Length == 0 && file is null && result.GetValue(from) is null))
            {
                result.AddError("name folders or files to check, or a deploy.yml by --config");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(paths) ?? [], parsed.GetValue(config), parsed.GetValue(ns), parsed.GetValue(from), parsed.GetValue(schemas) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, string? config, string? ns, string? from, string[] schemas, CancellationToken cancellationToken)
    {
        var isGood = from is null || PrintMove(from);
        if (config is not null)
        {
            if (RenderedFiles.LoadAndPrint(config) is not { } rendered)
            {
                return ExitCodes.Failure;
            }
            isGood &= Print(PolicyCheck.Run(rendered.Files, ns));
            Console.WriteLine("kubeconform, kube-score: not run: they read files; render, and check the folder");
        }
        else if (paths.Length > 0)
        {
            var faults = new List<Finding>();
            IReadOnlyList<OutputFile> files = PolicyFiles.Read(paths, faults);
            var result = PolicyCheck.Run(files, ns);
            isGood &= Print(result with { Findings = [.. faults, .. result.Findings] });
            isGood &= await RunJudgesAsync(result.ManifestFiles, schemas, cancellationToken);
        }
        return isGood ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static bool PrintMove(string from)
    {
        var refusal = UpgradePath.Check(from, UpgradePath.Rendered);
        Console.WriteLine(refusal is null ? $"DataHub {PrintableText.Of(from)} may be moved to {UpgradePath.Rendered}" : $"error: upgrade-path: {PrintableText.Of(refusal)}");
        return refusal is null;
    }

    private static bool Print(PolicyResult result)
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
        return result.Errors == 0;
    }

    private static async Task<bool> RunJudgesAsync(IReadOnlyList<string> files, string[] schemas, CancellationToken cancellationToken)
    {
        var reports = await InstalledJudges.RunAsync(files, schemas, cancellationToken);
        foreach (var line in reports.SelectMany(report => report.Text.Split('\n').Select(line => $"{report.Name}: {PrintableText.Of(line)}")))
        {
            Console.WriteLine(line);
        }
        return !reports.Any(report => report.HasFailed);
    }
}
