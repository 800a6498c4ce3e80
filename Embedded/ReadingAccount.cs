using System.Security.Cryptography;
using Discovery.Embedded.LocalMySql;

namespace Discovery.Embedded;

/// <summary>An account that holds REFERENCES and nothing else: it sees structure and cannot read a row.</summary>
internal sealed record ReadingAccount(string Name, string Password)
{
    private const string AccountName = "discovery_reader";

    /// <summary>Makes it anew, with a new password.</summary>
    public static async Task<ReadingAccount> CreateAsync(LocalMySqlServer server, IEnumerable<string> databases, CancellationToken cancellationToken)
    {
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var account = $"'{AccountName}'@'{server.AccountHost}'";
        var grants = string.Concat(databases.Select(database => $"GRANT REFERENCES ON `{database}`.* TO {account};\n"));
        await server.RunSqlAsync($"DROP USER IF EXISTS {account};\nCREATE USER {account} IDENTIFIED BY '{password}';\n{grants}", "account", cancellationToken);
        return new ReadingAccount(AccountName, password);
    }
}
