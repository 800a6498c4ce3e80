using Discovery.Deploy.Input;

namespace Discovery.Deploy.Secrets;

/// <summary>A key of a Kubernetes Secret.</summary>
/// <param name="Secret">Name of the Secret.</param>
/// <param name="Key">Key in it.</param>
public sealed record SecretReference(string Secret, string Key);

/// <summary>One key of a planned Secret and where its value comes from.</summary>
/// <param name="Key">Key in the Kubernetes Secret.</param>
/// <param name="RemoteName">Name of the secret in Google Secret Manager.</param>
/// <param name="Purpose">What it is, for people.</param>
/// <param name="Generator">Shell command that prints a new random value; null where a person enters the value.</param>
public sealed record PlannedKey(string Key, string RemoteName, string Purpose, string? Generator);

/// <summary>A Kubernetes Secret that pods refer to. No value of it is ever known here.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Keys">Keys whose values are secrets.</param>
/// <param name="PlainKeys">Keys whose values are no secrets but that people expect there, with these values.</param>
public sealed record PlannedSecret(string Namespace, string Name, IReadOnlyList<PlannedKey> Keys, IReadOnlyList<KeyValuePair<string, string>> PlainKeys);

/// <summary>Every Secret of an environment: the one list that manifests, chart values, scripts and the guide are made from.</summary>
public static class SecretPlan
{
    /// <summary>Cloud SQL account, in DataHub's namespace.</summary>
    public const string MySql = "mysql-secrets";

    /// <summary>User name of DataHub's account.</summary>
    public static readonly SecretReference MySqlUserName = new(MySql, "mysql-username");

    /// <summary>Password of DataHub's account.</summary>
    public static readonly SecretReference MySqlPassword = new(MySql, "mysql-password");

    /// <summary>Password of the account <see cref="MySqlAdministrator"/>, which changes the schema.</summary>
    public static readonly SecretReference MySqlRootPassword = new(MySql, "mysql-root-password");

    /// <summary>Account whose password is <see cref="MySqlRootPassword"/>.</summary>
    public const string MySqlAdministrator = "datahub_admin";

    /// <summary>Key of the frontend's sessions.</summary>
    public static readonly SecretReference PlaySecret = new("datahub-frontend-secrets", "play-secret");

    /// <summary>DataHub's client secret at the OpenID Connect issuer.</summary>
    public static readonly SecretReference DataHubOidcSecret = new("datahub-frontend-secrets", "oidc-client-secret");

    /// <summary>System client of DataHub's services.</summary>
    public static readonly SecretReference SystemClientSecret = new("datahub-auth-secrets", "system_client_secret");

    /// <summary>Key that access tokens are signed with.</summary>
    public static readonly SecretReference TokenSigningKey = new("datahub-auth-secrets", "token_service_signing_key");

    /// <summary>Salt of access tokens.</summary>
    public static readonly SecretReference TokenSalt = new("datahub-auth-secrets", "token_service_salt");

    /// <summary>Key that DataHub's stored secrets are encrypted with.</summary>
    public static readonly SecretReference EncryptionKey = new("datahub-encryption-secrets", "encryption_key_secret");

    /// <summary>Id of the bundled Kafka cluster; a broker whose volume has another does not start.</summary>
    public static readonly SecretReference KafkaClusterId = new("kafka-kraft", "kraft-cluster-id");

    /// <summary>Password of the bundled Kafka's controllers.</summary>
    public static readonly SecretReference KafkaControllerPassword = new("kafka-passwords", "controller-password");

    /// <summary>Password at an external OpenSearch.</summary>
    public static readonly SecretReference SearchPassword = new("opensearch-secrets", "password");

    /// <summary>Discovery's client secret at the OpenID Connect issuer.</summary>
    public static readonly SecretReference DiscoveryOidcSecret = new("discovery-api-secrets", "oidc-client-secret");

    /// <summary>The file of static tokens (name, role, SHA-256).</summary>
    public static readonly SecretReference ApiTokens = new("discovery-api-secrets", "tokens");

    /// <summary>The token that workers show to the control plane.</summary>
    public static readonly SecretReference WorkerToken = new("discovery-worker-secrets", "token");

    /// <summary>The Secret of the variables of recipes, one key each, where <see cref="SecretSource.ExternalSecrets"/> fills it.</summary>
    public const string Variables = "discovery-variables";

    private const string Random = "openssl rand -base64 32";

    /// <summary>Where a secret variable of recipes is; null for a plain one.</summary>
    public static SecretReference? Variable(DeployEnvironment environment, string name)
    {
        if (environment.Config.Discovery.Variables[name].Secret is not { } secret)
        {
            return null;
        }
        return environment.Config.Secrets.Source == SecretSource.ExternalSecrets
            ? new SecretReference(Variables, name)
            : new SecretReference(secret[..secret.IndexOf('/', StringComparison.Ordinal)], secret[(secret.IndexOf('/', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>All Secrets that pods of the environment refer to, with those that people already have (<see cref="SecretSource.Existing"/>).</summary>
    public static IReadOnlyList<PlannedSecret> Of(DeployEnvironment environment)
    {
        var config = environment.Config;
        List<(string Namespace, SecretReference Reference, string Purpose, string? Generator, string? RemoteName)> keys =
        [
            (config.DataHub.Namespace, MySqlUserName, "name of DataHub's account in Cloud SQL", "printf datahub", null),
            (config.DataHub.Namespace, MySqlPassword, "password of DataHub's account in Cloud SQL", Random, null),
            (config.DataHub.Namespace, MySqlRootPassword, $"password of the account {MySqlAdministrator}, which creates and changes DataHub's tables", Random, null),
            (config.DataHub.Namespace, SystemClientSecret, "what DataHub's services show to each other", Random, null),
            (config.DataHub.Namespace, TokenSigningKey, "signs access tokens; a new one ends all of them", Random, null),
            (config.DataHub.Namespace, TokenSalt, "salt of access tokens; a new one ends all of them", Random, null),
            (config.DataHub.Namespace, EncryptionKey, "encrypts secrets that people store in DataHub; a new one makes them unreadable", Random, null),
            (config.DataHub.Namespace, PlaySecret, "signs the frontend's sessions", "openssl rand -base64 48", null),
            (config.DataHub.Namespace, DataHubOidcSecret, $"secret of the client {config.DataHub.Oidc.ClientId} at {config.DataHub.Oidc.Issuer}", null, null),
        ];
        if (config.DataHub.Kafka.Bundled)
        {
            // 16 bytes in base64 without padding is how Kafka writes its ids; one that begins with - would be read as an option.
            keys.Add((config.DataHub.Namespace, KafkaClusterId, "id of the Kafka cluster; never change it", "openssl rand -base64 16 | tr '+/' 'AB' | tr -d '='", null));
            // The chart's init container puts it into a sed expression between slashes, so none may be in it.
            keys.Add((config.DataHub.Namespace, KafkaControllerPassword, "what Kafka's controllers show to each other", "openssl rand -hex 32", null));
        }
        if (config.DataHub.Search.UserName is { } account)
        {
            keys.Add((config.DataHub.Namespace, SearchPassword, $"password of the account {account} at OpenSearch", null, null));
        }
        if (config.Discovery.Scheduling == Scheduling.ControlPlane)
        {
            // A static token and the line that lets it in, as './discovery api token' makes them: the file has the hash alone.
            keys.Add((config.Discovery.Namespace, WorkerToken, "what workers show to the control plane", "printf dsc_; openssl rand -base64 32 | tr '+/' '-_' | tr -d '='", null));
            keys.Add((
                config.Discovery.Namespace,
                ApiTokens,
                "who may call the control plane with a token: a name, a role and a SHA-256 a line",
                $"token=$(value {environment.Name}-{WorkerToken.Secret}-{WorkerToken.Key}) && printf 'workers worker %s' \"$(printf %s \"$token\" | sha256sum | cut -d' ' -f1)\"",
                null));
            keys.Add((config.Discovery.Namespace, DiscoveryOidcSecret, $"secret of the client {config.Discovery.Api!.Oidc.ClientId} at {config.Discovery.Api.Oidc.Issuer}", null, null));
        }
        foreach (var name in environment.Recipes.SelectMany(recipe => recipe.Variables).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (config.Discovery.Variables.ContainsKey(name) && Variable(environment, name) is { } reference)
            {
                keys.Add((config.Discovery.Namespace, reference, $"the variable {name} of recipes", null, config.Discovery.Variables[name].Secret));
            }
        }
        return
        [
            .. keys.GroupBy(key => (key.Namespace, key.Reference.Secret)).Select(secret => new PlannedSecret(
                secret.Key.Namespace,
                secret.Key.Secret,
                [.. secret.DistinctBy(key => key.Reference.Key).Select(key => new PlannedKey(key.Reference.Key, key.RemoteName ?? $"{environment.Name}-{secret.Key.Secret}-{key.Reference.Key}", key.Purpose, key.Generator))],
                secret.Key.Secret == MySql ? PlainMySql(environment) : [])),
        ];
    }

    /// <summary>Keys of the Secret of 2022 that the chart of today reads from its values alone; they are here for people and for other tools.</summary>
    private static IReadOnlyList<KeyValuePair<string, string>> PlainMySql(DeployEnvironment environment)
    {
        var address = DataHub.SqlAddress.Of(environment);
        return
        [
            new("mysql-host", $"{address.Host}:3306"),
            new("mysql-hostForMysqlClient", address.Host),
            new("mysql-url", address.JdbcUrl),
        ];
    }
}
