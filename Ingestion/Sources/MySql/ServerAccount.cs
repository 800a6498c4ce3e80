using System.Data.Common;
using Discovery.Ingestion.Pipeline;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>The account of a session as its server knows it.</summary>
/// <param name="Name">The account, quoted for a GRANT: <c>`reader`@`%`</c>.</param>
/// <param name="Grants">What it may.</param>
/// <param name="InactiveRoles">Roles that it holds, quoted; only when none of them is active.</param>
internal sealed record ServerAccount(string Name, AccountGrants Grants, IReadOnlyList<string> InactiveRoles)
{
    /// <summary>Asks the server, in two statements.</summary>
    /// <exception cref="SourceException">The connection was lost.</exception>
    public static async Task<ServerAccount> ReadAsync(MySqlSession session, CancellationToken cancellationToken)
    {
        var server = session.Features;
        var row = (await session.QueryAsync(
            "account",
            $"SELECT CURRENT_USER(), CONCAT(@@lower_case_table_names), {(server.HasRoles ? "CURRENT_ROLE()" : "NULL")}, {(server.HasPartialRevokes ? "CONCAT(@@GLOBAL.partial_revokes)" : "NULL")}",
            cancellationToken))[0];
        var hasRole = row[2] is not (null or "" or "NONE");
        var matching = new GrantMatching(
            IgnoresCase: row[1] != "0",
            PatternsAreNames: row[3] == "1",
            server.IsMariaDb ? GrantOrder.Listed : hasRole ? GrantOrder.Undefined : GrantOrder.LongestStem);
        var lines = await GrantLinesAsync(session, cancellationToken);
        return new ServerAccount(Quote(row[0]!), new AccountGrants(lines, matching), hasRole ? [] : [.. lines.Select(GrantStatement.Roles).OfType<string>()]);
    }

    private static async Task<List<string>> GrantLinesAsync(MySqlSession session, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await session.QueryAsync("grants", "SHOW GRANTS", cancellationToken)).Select(row => row[0]!)];
        }
        catch (SourceException exception) when (exception.InnerException is DbException inner && MySqlServer.ListsNoGrants(inner))
        {
            return [];
        }
    }

    // CURRENT_USER() is name@host; a name may hold an @ of its own.
    private static string Quote(string account)
    {
        var at = account.LastIndexOf('@');
        return $"{MySqlSession.Quote(account[..at])}@{MySqlSession.Quote(account[(at + 1)..])}";
    }
}
