using System.Text.RegularExpressions;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Whose grant a line of <c>SHOW GRANTS</c> is.</summary>
internal enum GrantHolder
{
    /// <summary>The account; on MySQL what its active roles give is printed as its own.</summary>
    Account,

    /// <summary>MariaDB: the active role, or a role that this one holds.</summary>
    Role,

    /// <summary>MariaDB: everybody.</summary>
    Public,
}

/// <summary>What a grant is on.</summary>
internal enum GrantLevel
{
    /// <summary><c>*.*</c></summary>
    Global,

    /// <summary><c>`shop`.*</c></summary>
    Schema,

    /// <summary><c>`shop`.`orders`</c></summary>
    Table,

    /// <summary><c>PROCEDURE `shop`.`p`</c></summary>
    Routine,
}

/// <summary>One line of <c>SHOW GRANTS</c> that gives rights, or takes back a part of a global right.</summary>
/// <param name="Holder">Whose it is.</param>
/// <param name="Level">What it is on.</param>
/// <param name="Schema">Name, or pattern of names, of the database; empty for a global one.</param>
/// <param name="Table">Name of the table or routine; empty where it is on neither.</param>
/// <param name="Rights">The rights on the whole of it.</param>
/// <param name="ColumnRights">The rights on some of its columns.</param>
/// <param name="IsRevoke">MySQL's partial revoke: the global right does not count on this database.</param>
internal sealed partial record GrantStatement(
    GrantHolder Holder, GrantLevel Level, string Schema, string Table, MySqlRights Rights, MySqlRights ColumnRights, bool IsRevoke)
{
    // Atomic groups throughout: nothing that a server prints makes a match take longer than its text. Servers before MySQL
    // 8.0 and MariaDB 10.6 print columns without quotes.
    private const string Quoted = "`(?>(?:[^`]|``)*)`", Columns = $@"\((?>(?:{Quoted}|[^`)])*)\)", Word = "(?!ON )[A-Za-z0-9_]+", Words = $"(?>{Word}(?: {Word})*)", OneRight = $"(?>{Words}(?: ?{Columns})?)";

    /// <summary>Reads a line; null for one that gives no rights: roles, PROXY, <c>SET DEFAULT ROLE</c>.</summary>
    public static GrantStatement? Parse(string line)
    {
        var match = Line().Match(line);
        if (!match.Success || match.Groups["rights"].Value == "PROXY")
        {
            return null;
        }
        var (schema, name) = (match.Groups["schema"].Value, match.Groups["object"].Value);
        var (rights, columnRights) = (MySqlRights.None, MySqlRights.None);
        foreach (Match right in Right().Matches(match.Groups["rights"].Value))
        {
            var value = MySqlRightNames.Of(right.Groups["name"].Value);
            (rights, columnRights) = right.Groups["columns"].Success ? (rights, columnRights | value) : (rights | value, columnRights);
        }
        var level = schema == "*" ? GrantLevel.Global
            : name == "*" ? GrantLevel.Schema
            : match.Groups["kind"].Value is "" or "TABLE" ? GrantLevel.Table : GrantLevel.Routine;
        return new GrantStatement(
            match.Groups["holder"].Value switch { "" => GrantHolder.Role, "PUBLIC" or "PUBLIC " => GrantHolder.Public, _ => GrantHolder.Account },
            level,
            level == GrantLevel.Global ? "" : Unquote(schema),
            level is GrantLevel.Table or GrantLevel.Routine ? Unquote(name) : "",
            rights,
            columnRights,
            match.Groups["verb"].Value == "REVOKE");
    }

    /// <summary>The roles that a line gives, as the server prints them; null when it gives none.</summary>
    public static string? Roles(string line)
    {
        // GRANT `reader`@`%`,`writer`@`%` TO `u`@`h` WITH ADMIN OPTION
        var end = line.LastIndexOf(" TO ", StringComparison.Ordinal);
        return line.StartsWith("GRANT ", StringComparison.Ordinal) && end > 0 && !line.Contains(" ON ", StringComparison.Ordinal) ? line["GRANT ".Length..end] : null;
    }

    // GRANT SELECT (`id`, `b`), SHOW VIEW ON `shop`.`orders` TO `u`@`h` IDENTIFIED BY PASSWORD '*D821..'
    // GRANT EXECUTE ON PROCEDURE `shop`.`p` TO `u`@`h`
    // REVOKE SELECT ON `mysql`.* FROM `u`@`h`
    // GRANT SELECT, LOAD FROM S3 ON *.* TO 'u'@'h' (Aurora)
    [GeneratedRegex(
        $@"^(?<verb>GRANT|REVOKE) (?<rights>(?>{OneRight}(?:, ?{OneRight})*)) ON (?:(?<kind>TABLE|FUNCTION|PROCEDURE|PACKAGE|PACKAGE BODY) )?(?<schema>{Quoted}|[^`. ]+)\.(?<object>{Quoted}|[^` ]+) (?:TO|FROM) (?<holder>PUBLIC$|PUBLIC |(?:{Quoted}|'.*'|[^@`']*)@)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex($@"(?<name>{Words})(?<columns> ?{Columns})?(?:, ?|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Right();

    private static string Unquote(string name) => name is ['`', .. var inner, '`'] ? inner.Replace("``", "`", StringComparison.Ordinal) : name;
}
