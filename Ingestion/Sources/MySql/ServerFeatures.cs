using System.Globalization;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>What a server can do, by its version. The one place that knows; used by code and tests alike.</summary>
internal sealed record ServerFeatures
{
    private ServerFeatures(string versionText, Version version, bool isMariaDb)
    {
        (VersionText, Version, IsMariaDb) = (versionText, version, isMariaDb);
    }

    /// <summary>The server's own text, such as <c>10.11.19-MariaDB-0+deb12u1</c> or <c>9.7.4</c>.</summary>
    public string VersionText { get; }

    /// <summary>Major, minor and patch.</summary>
    public Version Version { get; }

    /// <summary>MariaDB, otherwise MySQL or one that calls itself so (Aurora, Cloud SQL, Percona).</summary>
    public bool IsMariaDb { get; }

    /// <summary>
    /// Assignment that limits how long a statement of this session may run; the parameter is in milliseconds. A shorter
    /// limit that the server or the account has already stays. Null where the server has none (MySQL before 5.7.8).
    /// </summary>
    public string? StatementTimeLimit(int milliseconds) => IsMariaDb
        ? $"max_statement_time = {AtMost("max_statement_time", milliseconds / 1000m)}"
        : Version >= new Version(5, 7, 8) ? $"max_execution_time = CAST({AtMost("max_execution_time", milliseconds)} AS UNSIGNED)" : null;

    /// <summary>
    /// Constraints of a table are shown by SHOW CREATE TABLE, and so by DataHub's client, in byte order of their names
    /// (MariaDB) or of their names in lower case (MySQL: <c>fk_a_b</c> before <c>FK_ab</c>).
    /// </summary>
    public IComparer<string> ForeignKeyOrder => IsMariaDb ? StringComparer.Ordinal : LowerCaseOrder;

    private static Comparer<string> LowerCaseOrder { get; } = Comparer<string>.Create((x, y) => string.CompareOrdinal(x.ToLowerInvariant(), y.ToLowerInvariant()));

    /// <summary>
    /// Assignment that leaves long lists of names as they are. MariaDB turns an IN list of 1,000 values into a join, and then
    /// opens every table of the server for each batch instead of those of its schemas. Null where lists stay lists.
    /// </summary>
    public string? LongListsStayLists => IsMariaDb && Version >= new Version(10, 5) ? "in_predicate_conversion_threshold = 0" : null;

    /// <summary>Columns GENERATED ALWAYS AS ROW START and END tell so in COLUMNS.GENERATION_EXPRESSION.</summary>
    public bool HasSystemVersioning => IsMariaDb && Version >= new Version(10, 3, 4);

    /// <summary>Accounts can have roles, and CURRENT_ROLE() tells the active ones.</summary>
    public bool HasRoles => IsMariaDb || Version.Major >= 8;

    /// <summary>A global right can be taken away on one database: <c>REVOKE ... ON db.*</c> with <c>partial_revokes</c>.</summary>
    public bool HasPartialRevokes => !IsMariaDb && Version >= new Version(8, 0, 16);

    /// <summary>The least right that shows the bodies of procedures and functions whose definer the account is not.</summary>
    public RoutineBodyRight RoutineBodyRight => IsMariaDb
        ? Version >= new Version(11, 3) ? RoutineBodyRight.ShowCreateRoutine : RoutineBodyRight.SelectOnProc
        : Version >= new Version(8, 0, 20) ? RoutineBodyRight.ShowRoutine
        : Version.Major >= 8 ? RoutineBodyRight.GlobalSelect : RoutineBodyRight.SelectOnProc;

    /// <summary>
    /// SHOW CREATE TABLE prints COLLATE for a column with its table's collation when that is not the default of the
    /// character set (MySQL); MariaDB prints it only where column and table differ.
    /// </summary>
    public bool PrintsInheritedCollation => !IsMariaDb;

    // 0 is no limit.
    private static string AtMost(string variable, decimal limit) =>
        string.Create(CultureInfo.InvariantCulture, $"IF(@@{variable} > 0, LEAST(@@{variable}, {limit}), {limit})");

    /// <summary>Reads the text of <c>SELECT VERSION()</c>.</summary>
    public static ServerFeatures Parse(string versionText)
    {
        // 10.11.19-MariaDB-0+deb12u1, 5.5.5-10.4.8-MariaDB (a prefix for old replicas), 9.7.4, 8.0.36-google, 5.7.mysql_aurora.2.11.3
        var text = versionText.StartsWith("5.5.5-", StringComparison.Ordinal) ? versionText["5.5.5-".Length..] : versionText;
        var numbers = text.Split('-', '+', ' ')[0].Split('.');
        if (text.Contains("mysql_aurora", StringComparison.Ordinal))
        {
            // Aurora keeps the patch to itself: each release of 2 has what MySQL 5.7.12 has, each of 3 what 8.0.23 has.
            return new(versionText, numbers[0] == "5" ? new Version(5, 7, 12) : new Version(8, 0, 23), isMariaDb: false);
        }
        var parts = numbers.Take(3).TakeWhile(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(part => int.Parse(part, CultureInfo.InvariantCulture)).Concat([0, 0, 0]).Take(3).ToArray();
        return new(versionText, new Version(parts[0], parts[1], parts[2]), versionText.Contains("MariaDB", StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>A right that shows the bodies of procedures and functions.</summary>
internal enum RoutineBodyRight
{
    /// <summary><c>SELECT</c> on <c>mysql.proc</c>.</summary>
    SelectOnProc,

    /// <summary><c>SELECT</c> on everything.</summary>
    GlobalSelect,

    /// <summary>MySQL's <c>SHOW_ROUTINE</c>, on everything only.</summary>
    ShowRoutine,

    /// <summary>MariaDB's <c>SHOW CREATE ROUTINE</c>, on everything or some databases.</summary>
    ShowCreateRoutine,
}
