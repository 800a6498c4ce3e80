using System.Text.RegularExpressions;

namespace Discovery.Deploy.Input;

/// <summary>How a secret is named where its value comes from.</summary>
internal static partial class SecretNames
{
    /// <summary>Why a name is refused, without the name, which may be the secret itself; null where it is fine.</summary>
    public static string? Fault(SecretSource source, string name) => source switch
    {
        SecretSource.ExternalSecrets when !InSecretManager().IsMatch(name) =>
            "must be the name of a secret in Google Secret Manager: at most 255 letters, digits, '_' and '-', no '-' first, such as shop-mysql-password",
        SecretSource.Existing when !NameAndKey().IsMatch(name) =>
            "must be the name of a Kubernetes Secret and a key in it, such as shop-mysql/password, since secrets.source is existing",
        _ => null,
    };

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_-]{0,254}\z")]
    private static partial Regex InSecretManager();

    [GeneratedRegex(@"^(?=.{1,253}/)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*/[A-Za-z0-9._-]{1,253}\z")]
    private static partial Regex NameAndKey();
}
