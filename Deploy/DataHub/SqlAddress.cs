using Discovery.Deploy.Input;

namespace Discovery.Deploy.DataHub;

/// <summary>Where DataHub's pods find their database.</summary>
/// <param name="Host">Host, without port.</param>
/// <param name="JdbcUrl">Address for the JDBC driver, without account.</param>
public sealed record SqlAddress(string Host, string JdbcUrl)
{
    /// <summary>The address of an environment.</summary>
    public static SqlAddress Of(DeployEnvironment environment)
    {
        var database = environment.Config.DataHub.Database;
        // The proxy encrypts what leaves the pod; inside it, the password of an account with caching_sha2_password needs the server's public key.
        return database.Connection == DatabaseConnection.AuthProxy
            ? new SqlAddress("127.0.0.1", $"jdbc:mysql://127.0.0.1:3306/{database.Name}?useSSL=false&allowPublicKeyRetrieval=true&useUnicode=yes&characterEncoding=UTF-8")
            : new SqlAddress(database.Address!, $"jdbc:mysql://{database.Address}:3306/{database.Name}?sslMode=REQUIRED&useUnicode=yes&characterEncoding=UTF-8");
    }
}
