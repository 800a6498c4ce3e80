using System.Text.RegularExpressions;

namespace Discovery.Deploy.Policy;

/// <summary>Recognises secret values, by their own form or by the name that they have.</summary>
internal static partial class SecretPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>What secret a text holds that shows itself by its form, such as <c>a private key</c>; null for none.</summary>
    public static string? Find(string text) =>
        PrivateKey().IsMatch(text) ? "a private key"
        : JsonWebToken().IsMatch(text) ? "a JSON web token"
        : Token().IsMatch(text) ? "an access token"
        : UrlWithPassword().IsMatch(text) ? "a URL with a password"
        : ConnectionWithPassword().IsMatch(text) ? "a connection string with a password"
        : null;

    /// <summary>Whether a setting of this name (<c>MYSQL_PASSWORD</c>, <c>clientSecret</c>) is secret; names of files, addresses and switches of secrets are not.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name) && !AboutSecret().IsMatch(name);

    /// <summary>Whether a value stands for one that is elsewhere, or is none: <c>${VARIABLE}</c>, <c>$(VARIABLE)</c>, <c>{{ template }}</c>, a path, a switch.</summary>
    public static bool IsReference(string value) =>
        // password="controller-password-placeholder": the chart of Kafka replaces it when the pod starts.
        value.EndsWith("-placeholder", StringComparison.Ordinal) || value.Length == 0 || value[0] is '$' or '/' || value.StartsWith("{{", StringComparison.Ordinal) || value is "true" or "false" or "yes" or "no" or "null" or "~" or "{}" or "[]" or "***";

    /// <summary>Settings with secret names and values of their own in a text of any form: YAML, JSON, properties.</summary>
    /// <returns>Name and offset in the text.</returns>
    public static IEnumerable<(string Name, int Offset)> Literals(string text) =>
        Setting().Matches(text)
            .Where(match => IsSecretName(match.Groups["name"].Value) && !IsReference(match.Groups["value"].Value.Trim('"', '\'')))
            .Select(match => (match.Groups["name"].Value, match.Groups["name"].Index));

    [GeneratedRegex("-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----", Options)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*", Options)]
    private static partial Regex JsonWebToken();

    // GitHub, GitLab, Google API keys and OAuth tokens, AWS, Slack, Discovery.
    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|glpat-[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|AKIA[A-Z0-9]{16}|xox[abprs]-[A-Za-z0-9-]{10,}|dsc_[A-Za-z0-9_-]{20,})", Options)]
    private static partial Regex Token();

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.-]{0,20}://[^/\s:@${<""']{0,100}:[^/\s@${<*""']{1,200}@", Options)]
    private static partial Regex UrlWithPassword();

    // jdbc:mysql://db/shop?user=shop&password=hunter2    Server=db;Uid=shop;Pwd=hunter2
    [GeneratedRegex(@"[?&;] ?(password|pwd)=[^\s&;$<{*.""'][^\s&;""']*", Options | RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionWithPassword();

    [GeneratedRegex("passw|passphrase|(^|[_.-])(pass|pwd)$|secret|token|(api|private|access|signing|encryption)_?key|credential|connection_?string", Options | RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("(ref|name|file|path|url|uri|dir|enabled|issuer|mode|method|endpoint|ttl.*|id|host|source|type|regex|claim.*|length|hours|seconds|duration.*|algorithm|provider|location|version|policy|backend|header|namespace|audience|expiry|max_?token|tokenizer)s?$", Options | RegexOptions.IgnoreCase)]
    private static partial Regex AboutSecret();

    // password: hunter2    "client_secret": "hunter2"    {user: a, password: hunter2}    mysql.password=hunter2
    [GeneratedRegex(@"(?<=^|[{,\s""'])(?<name>[A-Za-z_][\w.-]*)[""']?[ \t]*[:=](?=[ \t""']|[^\s:/])[ \t]*(?<value>""[^""\n]*""|'[^'\n]*'|[^\s,}#][^\s,}]*)", Options | RegexOptions.Multiline)]
    private static partial Regex Setting();
}
