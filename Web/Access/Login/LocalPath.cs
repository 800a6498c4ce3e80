namespace Discovery.Web.Access.Login;

/// <summary>Where a log-in leads back to: an address of this server alone.</summary>
internal static class LocalPath
{
    /// <returns>The path, or <c>/</c> for what could lead elsewhere, as <c>//elsewhere</c> and <c>/\elsewhere</c> do.</returns>
    public static string Of(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\') && path.All(c => c is > ' ' and <= '~') ? path : "/";
}
