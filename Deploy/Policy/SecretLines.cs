using Discovery.Deploy.Output;
using Discovery.Deploy.Policy.Rules;

namespace Discovery.Deploy.Policy;

/// <summary>Finds secrets that show themselves by their form in any text file: manifests, comments, scripts, DAGs.</summary>
internal static class SecretLines
{
    /// <summary>All lines with a secret.</summary>
    public static IEnumerable<Finding> Find(OutputFile file)
    {
        var (line, start) = (1, 0);
        while (start < file.Text.Length)
        {
            var end = file.Text.IndexOf('\n', start);
            end = end < 0 ? file.Text.Length : end;
            if (SecretPatterns.Find(file.Text[start..end]) is { } secret)
            {
                yield return new Finding(file.Path, line, IsWarning: false, SecretRules.SecretValue, "", $"holds {secret}; take it out, and replace it, since Git keeps it");
            }
            (line, start) = (line + 1, end + 1);
        }
    }
}
