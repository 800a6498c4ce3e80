namespace Discovery.Deploy.Policy;

/// <summary>How a value of a manifest is shown in a message.</summary>
internal static class Shown
{
    private const int Longest = 80;

    /// <summary>The value, cut where it is long; asterisks where it looks like a secret.</summary>
    public static string Of(string value) =>
        SecretPatterns.Find(value) is not null ? "***" : value.Length > Longest ? $"{value[..Longest]}..." : value;
}
