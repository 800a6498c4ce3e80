using System.Globalization;
using Discovery.Ingestion.Reports;

namespace Discovery.Deploy.Policy;

/// <summary>Something that is wrong with a manifest or a file of chart values, without secret values.</summary>
/// <param name="File">The file as it was given.</param>
/// <param name="Line">Line in it, from 1; 0 where it is about the file as a whole.</param>
/// <param name="IsWarning">Whether it may stay.</param>
/// <param name="Rule">Name of the rule, such as <c>unknown-secret</c>.</param>
/// <param name="Subject"><c>kind/namespace/name</c> of the object, or the path of a key of chart values; empty for a file.</param>
/// <param name="Message">What is wrong, and what to do.</param>
public sealed record Finding(string File, int Line, bool IsWarning, string Rule, string Subject, string Message)
{
    /// <summary>As compilers print it: <c>api.yaml:7: error: unknown-secret: Deployment/discovery/api: ...</c>, on one line whatever the manifest holds.</summary>
    public override string ToString() =>
        PrintableText.Of(string.Create(CultureInfo.InvariantCulture, $"{File}{(Line > 0 ? $":{Line}" : "")}: {(IsWarning ? "warning" : "error")}: {Rule}: {(Subject.Length > 0 ? $"{Subject}: " : "")}{Message}"));
}
