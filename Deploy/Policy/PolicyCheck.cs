using System.Text.Json.Nodes;
using Discovery.Deploy.Output;
using Discovery.Deploy.Policy.Charts;
using Discovery.Deploy.Policy.Reading;
using Discovery.Deploy.Policy.Rules;
using Discovery.Deploy.Policy.Shapes;

namespace Discovery.Deploy.Policy;

/// <summary>Checks Kubernetes manifests and chart values with all rules, without any external tool.</summary>
public static class PolicyCheck
{
    private const string ValuesOfEnvironment = "datahub/values.yaml";

    /// <summary>Checks files. Each folder with a file <c>datahub/values.yaml</c> in it is an environment of its own; all other files are one.</summary>
    /// <param name="files">The files, by the names that findings will have.</param>
    /// <param name="defaultNamespace">Namespace of objects that name none, as <c>helm template -n</c> leaves them; null for none.</param>
    public static PolicyResult Run(IReadOnlyList<OutputFile> files, string? defaultNamespace = null)
    {
        string[] environments = [.. files.Select(file => file.Path).Where(path => path.EndsWith($"/{ValuesOfEnvironment}", StringComparison.Ordinal)).Select(path => path[..^ValuesOfEnvironment.Length])];
        var checks = files.GroupBy(file => Array.Find(environments, folder => file.Path.StartsWith(folder, StringComparison.Ordinal)) ?? "", StringComparer.Ordinal)
            .Select(set => (Folder: set.Key, Result: new SetCheck(defaultNamespace).Run(set))).ToList();
        return new PolicyResult(
            [.. checks.SelectMany(check => check.Result.Findings)],
            checks.Sum(check => check.Result.Objects),
            [.. checks.SelectMany(check => check.Result.ManifestFiles)],
            [.. checks.SelectMany(check => check.Result.Notes.Select(note => check.Folder.Length > 0 ? $"{check.Folder.TrimEnd('/')}: {note}" : note))]);
    }

    /// <summary>Checks one set of files.</summary>
    private sealed class SetCheck(string? defaultNamespace)
    {
        private readonly List<Finding> _findings = [];
        private readonly List<ManifestObject> _objects = [];
        private int _otherFiles;

        public PolicyResult Run(IEnumerable<OutputFile> files)
        {
            var order = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var file in files)
            {
                order[file.Path] = order.Count;
                _findings.AddRange(SecretLines.Find(file));
                if (Path.GetExtension(file.Path).ToLowerInvariant() is ".yaml" or ".yml" or ".json")
                {
                    ReadFile(file);
                }
            }
            var set = new ManifestSet(_objects);
            _findings.AddRange(AllRules.List.SelectMany(rule => rule.Check(set).Select(fault => ToFinding(rule, fault))));
            return new PolicyResult([.. _findings.Distinct().OrderBy(finding => order[finding.File]).ThenBy(finding => finding.Line)], _objects.Count, [.. _objects.Select(item => item.File).Distinct(StringComparer.Ordinal)], [.. Notes(set)]);
        }

        private static Finding ToFinding(Rule rule, Fault fault)
        {
            var line = fault.Object.Lines.Of(fault.At ?? fault.Object.Body);
            return new Finding(fault.Object.File, line, rule.IsWarning || (rule.WarnsInCharts && fault.Object.IsFromChart), rule.Name, fault.Object.Subject, fault.Message);
        }

        private void ReadFile(OutputFile file)
        {
            // What Kustomize and Helm read themselves.
            if (Path.GetFileNameWithoutExtension(file.Path) is "kustomization" or "Kustomization" or "Chart")
            {
                return;
            }
            var faults = new List<SyntaxFault>();
            // JSON may be indented with tabs, and may not hold any in texts.
            var documents = YamlDocuments.Read(file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? file.Text.Replace('\t', ' ') : file.Text, faults);
            _findings.AddRange(faults.Select(fault => new Finding(file.Path, fault.Line, IsWarning: false, "yaml", "", fault.Message)));
            foreach (var document in documents.Where(document => document.Root is not null))
            {
                ReadDocument(file, document);
            }
        }

        private void ReadDocument(OutputFile file, YamlDocument document)
        {
            var (version, kind) = (document.Root.Text("apiVersion"), document.Root.Text("kind"));
            if (document.Root is JsonObject body && version is not null && kind is not null)
            {
                _objects.AddRange(Flatten(body).Select(item => ToObject(file, item, document)));
            }
            else if (document.Root.Has("apiVersion") || (document.Root.Has("kind") && document.Root.Has("metadata")))
            {
                _findings.Add(new Finding(file.Path, document.Lines.Of(document.Root), IsWarning: false, "yaml", "", $"a manifest without {(kind is null ? "kind" : "apiVersion")}"));
            }
            else if (document.Root is JsonObject values && ChartValues.Read(values) is { } chart)
            {
                _findings.AddRange(chart.Check().Select(fault => new Finding(file.Path, document.Lines.Of(fault.At), fault.IsWarning, fault.Rule, fault.Path, fault.Message)));
            }
            else
            {
                _otherFiles++;
            }
        }

        private ManifestObject ToObject(OutputFile file, JsonObject body, YamlDocument document) =>
            new(file.Path, body, document.Lines, defaultNamespace, ShapeCatalog.BuiltIn.HasNamespace(body.Text("apiVersion") ?? "", body.Text("kind") ?? ""));

        // kind: List, kind: ConfigMapList
        private static IEnumerable<JsonObject> Flatten(JsonObject body) =>
            body.Text("kind")?.EndsWith("List", StringComparison.Ordinal) == true && body.At("items") is JsonArray ? body.Mappings("items").SelectMany(Flatten) : [body];

        private IEnumerable<string> Notes(ManifestSet set)
        {
            if (_otherFiles > 0)
            {
                yield return $"{_otherFiles} documents are neither manifests nor values of DataHub's charts; only secrets were looked for in them";
            }
            if (SelectorTargets.Unchecked(set) is > 0 and var count)
            {
                yield return $"{count} selectors aim at pods of DataHub's charts, or at those that Airflow makes, which are not in this set, and were not checked; add what 'helm template' prints for the values to check those of the charts";
            }
        }
    }
}
