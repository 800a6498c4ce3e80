using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.MySql;

/// <summary>An account of the test server with rights that a test gives it; gone with its roles when the test ends.</summary>
internal sealed class ReadingAccount : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly List<string> _undo = [];

    private ReadingAccount(TestServer server, string name) => (_server, Name) = (server, name);

    public string Name { get; }

    public string Quoted => $"`{Name.Replace("`", "``", StringComparison.Ordinal)}`@`{_server.Server.AccountHost}`";

    /// <summary>The name as a recipe holds it.</summary>
    public string YamlName => System.Text.Json.JsonSerializer.Serialize(Name);

    /// <summary>A statement about rights that names nobody becomes one about this account.</summary>
    public string Complete(string statement) => statement.Split(' ')[0] switch
    {
        "REVOKE" => $"{statement} FROM {Quoted}",
        "GRANT" or "SET" when !statement.Contains(" TO ", StringComparison.Ordinal) && !statement.StartsWith("SET GLOBAL", StringComparison.Ordinal) => $"{statement} TO {Quoted}",
        _ => statement,
    };

    public static async Task<ReadingAccount> CreateAsync(TestServer server, string name = "p@rt")
    {
        var account = new ReadingAccount(server, name);
        await server.ExecuteAsync($"CREATE USER {account.Quoted} IDENTIFIED BY '{TestServer.Password}'");
        account._undo.Add($"DROP USER {account.Quoted}");
        return account;
    }

    /// <summary>Statements of an administrator; ACCOUNT stands for the account, and what it sets globally the test undoes.</summary>
    public async Task GivenAsync(IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            var sql = statement.Replace("ACCOUNT", Quoted, StringComparison.Ordinal);
            if (sql.StartsWith("SET DEFAULT ROLE", StringComparison.Ordinal) && _server.Server.IsMariaDb)
            {
                sql = sql.Replace(" TO ", " FOR ", StringComparison.Ordinal);
            }
            await _server.ExecuteAsync(sql);
            var undo = sql.Split(' ') switch
            {
                ["CREATE", "ROLE", var role] => $"DROP ROLE {role}",
                ["GRANT", .. var rights, "TO", "PUBLIC"] => $"REVOKE {string.Join(' ', rights)} FROM PUBLIC",
                ["SET", "GLOBAL", "partial_revokes", "=", "ON"] => "SET GLOBAL partial_revokes = OFF",
                ["INSERT", "INTO", "mysql.db", ..] => "DELETE FROM mysql.db WHERE User = ''",
                _ => null,
            };
            if (undo is not null)
            {
                _undo.Add(undo);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var statement in _undo)
        {
            await _server.ExecuteAsync(statement);
        }
        await _server.ExecuteAsync("FLUSH PRIVILEGES");
    }
}
