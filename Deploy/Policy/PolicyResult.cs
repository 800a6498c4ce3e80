namespace Discovery.Deploy.Policy;

/// <summary>What a check found.</summary>
/// <param name="Findings">Findings by file and line.</param>
/// <param name="Objects">Number of Kubernetes objects that were checked.</param>
/// <param name="ManifestFiles">Files that hold such objects.</param>
/// <param name="Notes">What was not checked, and why.</param>
public sealed record PolicyResult(IReadOnlyList<Finding> Findings, int Objects, IReadOnlyList<string> ManifestFiles, IReadOnlyList<string> Notes)
{
    /// <summary>Number of errors.</summary>
    public int Errors => Findings.Count(finding => !finding.IsWarning);

    /// <summary>Number of warnings.</summary>
    public int Warnings => Findings.Count(finding => finding.IsWarning);
}
