namespace Discovery.ServiceDefaults;

/// <summary>Addresses of other services, as Aspire and its charts put them into the environment: <c>services__api__http__0=http://api:8090</c>.</summary>
public static class ServiceAddress
{
    /// <summary>The address of a service, <c>https</c> before <c>http</c>; null where the environment does not tell.</summary>
    /// <param name="service">Name of the service, such as <c>api</c>.</param>
    /// <param name="environment">Gives the value of a variable, null where it is not set.</param>
    /// <exception cref="FormatException">The variable is set and holds no http or https address.</exception>
    public static Uri? Find(string service, Func<string, string?> environment)
    {
        foreach (var scheme in (string[])["https", "http"])
        {
            var variable = $"services__{service}__{scheme}__0";
            if (environment(variable) is { Length: > 0 } text)
            {
                return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
                    ? address
                    : throw new FormatException($"The variable {variable} holds no http or https address; it has to look like http://{service}:8090.");
            }
        }
        return null;
    }
}
