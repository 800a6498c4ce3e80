namespace Discovery.Ingestion.Sources.MySql;

/// <summary>An address as Python's SQLAlchemy writes it: <c>mysql+pymysql://user:password@host:3306/database?ssl_ca=/ca.pem</c>.</summary>
/// <param name="Address">The server.</param>
/// <param name="User">The account, null for none.</param>
/// <param name="Password">Its password, null for none.</param>
/// <param name="Database">The database, null for none.</param>
/// <param name="Parameters">What follows the question mark.</param>
internal sealed record SqlAlchemyUri(HostPort Address, string? User, string? Password, string? Database, IReadOnlyDictionary<string, string> Parameters)
{
    /// <exception cref="FormatException">It is no such address; the message repeats no part of it.</exception>
    public static SqlAlchemyUri Parse(string text)
    {
        var schemeEnd = text.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0 || text[..schemeEnd].Split('+')[0] is not ("mysql" or "mariadb"))
        {
            throw new FormatException("must begin with 'mysql+pymysql://'");
        }
        var rest = text[(schemeEnd + 3)..];
        // A password may hold any character but '@', so the first one ends it.
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        var account = at < 0 || rest[..at].Split(':')[0].Contains('/', StringComparison.Ordinal) ? null : rest[..at];
        var location = account is null ? rest : rest[(at + 1)..];
        var question = location.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : location[(question + 1)..];
        var path = question < 0 ? location : location[..question];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? path : path[..slash];
        if (host.Contains('@', StringComparison.Ordinal))
        {
            throw new FormatException("an '@' in a user name or password must be written %40");
        }
        var separator = account?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return new SqlAlchemyUri(
            host.Length == 0 ? new HostPort("localhost", HostPort.DefaultPort) : HostPort.Parse(host),
            account is null ? null : Uri.UnescapeDataString(separator < 0 ? account : account[..separator]),
            separator < 0 ? null : Uri.UnescapeDataString(account![(separator + 1)..]),
            slash < 0 || slash == path.Length - 1 ? null : Uri.UnescapeDataString(path[(slash + 1)..]),
            ParseQuery(query));
    }

    private static Dictionary<string, string> ParseQuery(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            parameters[name] = equals < 0 ? "" : Uri.UnescapeDataString(part[(equals + 1)..].Replace('+', ' '));
        }
        return parameters;
    }
}
