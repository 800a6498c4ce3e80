using System.Text.RegularExpressions;

namespace Discovery.Deploy.Tests.Discovery;

/// <summary>What the kubelet makes of arguments and variables.</summary>
internal static partial class KubeletText
{
    public static string Expand(string text, Func<string, string> variable) =>
        Syntax().Replace(text, found => found.Value == "$$" ? "$" : variable(found.Groups[1].Value));

    [GeneratedRegex(@"\$\$|\$\(([^)]*)\)")]
    private static partial Regex Syntax();
}
