using System.Text.RegularExpressions;

namespace Discovery.Deploy.Policy;

/// <summary>Names in Google Cloud.</summary>
internal static partial class GoogleNames
{
    /// <summary>Whether a text is the full address of a service account.</summary>
    public static bool IsServiceAccount(string address) => ServiceAccount().IsMatch(address);

    // sync@example-prod.iam.gserviceaccount.com, sync@example-prod.example.com.iam.gserviceaccount.com of a project with a domain
    [GeneratedRegex(@"\A[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9-]{4,28}[a-z0-9](\.[a-z0-9-]+\.[a-z]+)?\.iam\.gserviceaccount\.com\z")]
    private static partial Regex ServiceAccount();
}
