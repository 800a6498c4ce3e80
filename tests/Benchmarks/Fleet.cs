using System.Globalization;
using System.Text;
using Discovery.Embedded.LocalMySql;

namespace Discovery.Benchmarks;

/// <summary>
/// Makes the databases that are read: <c>bench_00000</c> and so on, with primary and foreign keys, comments and a mix of types, and
/// one database <c>tiny</c> with one table.
/// </summary>
internal static class Fleet
{
    /// <summary>Every database of the fleet.</summary>
    public const string All = @"^bench_\d+$";

    /// <summary>One database in ten.</summary>
    public const string Tenth = @"^bench_\d*0$";

    /// <summary>One database in four: those whose number can be divided by four.</summary>
    public const string Quarter = @"^bench_\d*(?:[02468][048]|[13579][26])$";

    /// <summary>The small one.</summary>
    public const string Tiny = "^tiny$";

    private const int Connections = 3;
    private const int SchemasPerScript = 50;

    private static readonly string[] Types =
    [
        "varchar(80) NOT NULL COMMENT 'Name as customers see it'",
        "decimal(12,2) NOT NULL DEFAULT 0.00",
        "datetime(3) DEFAULT NULL COMMENT 'When, in UTC'",
        "enum('new','paid','shipped','returned') NOT NULL DEFAULT 'new'",
        "int(10) unsigned NOT NULL",
        "text COLLATE utf8mb4_bin",
        "tinyint(1) NOT NULL DEFAULT 1",
        "varchar(255) CHARACTER SET latin1 DEFAULT NULL COMMENT 'Address; free text'",
        "double",
        "varbinary(64)",
        "date",
        "longtext",
        "timestamp NULL",
    ];

    /// <summary>
    /// Arguments for a server that is to make many tables fast: nothing is forced to the disk, and tables share one file
    /// with small pages. What it answers, and how it looks it up, stays the same.
    /// </summary>
    public static IReadOnlyList<string> ServerArguments { get; } =
    [
        "--innodb-file-per-table=0", "--innodb-page-size=4k", "--innodb-flush-method=nosync", "--innodb-doublewrite=0", "--innodb-stats-persistent=0", "--innodb-buffer-pool-size=512M",
    ];

    /// <summary>Makes the databases that are not there yet.</summary>
    /// <exception cref="LocalMySqlException">A statement failed.</exception>
    public static async Task CreateAsync(LocalMySqlServer server, FleetSize size, CancellationToken cancellationToken)
    {
        await server.RunSqlAsync("CREATE DATABASE IF NOT EXISTS tiny; CREATE TABLE IF NOT EXISTS tiny.one (id int PRIMARY KEY);", "tiny", cancellationToken);
        var scripts = Enumerable.Range(0, size.Schemas).Chunk(SchemasPerScript);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(scripts, options, async (schemas, stop) =>
            await server.RunSqlAsync(string.Concat(schemas.Select(schema => Script(schema, size))), $"databases from {Name(schemas[0])} on", stop));
    }

    /// <summary>Name of a database by its number.</summary>
    public static string Name(int schema) => string.Create(CultureInfo.InvariantCulture, $"bench_{schema:00000}");

    private static string Script(int schema, FleetSize size)
    {
        var name = Name(schema);
        var script = new StringBuilder($"CREATE DATABASE IF NOT EXISTS {name} CHARACTER SET utf8mb4;\n");
        for (var table = 0; table < size.Tables; table++)
        {
            script.Append(CultureInfo.InvariantCulture, $"CREATE TABLE IF NOT EXISTS {name}.t{table:000}_orders (id bigint unsigned NOT NULL AUTO_INCREMENT, ");
            script.Append(CultureInfo.InvariantCulture, $"parent_id bigint unsigned DEFAULT NULL COMMENT 'Refers to another table', ");
            for (var column = 2; column < size.Columns; column++)
            {
                script.Append(CultureInfo.InvariantCulture, $"c{column:000}_value {Types[(column + table) % Types.Length]}, ");
            }
            script.Append("PRIMARY KEY (id)");
            if (table > 0)
            {
                script.Append(CultureInfo.InvariantCulture, $", CONSTRAINT fk_t{table:000}_parent FOREIGN KEY (parent_id) REFERENCES t{table - 1:000}_orders (id)");
            }
            script.Append(CultureInfo.InvariantCulture, $") COMMENT 'Table {table} of a database of the fleet';\n");
        }
        return script.ToString();
    }
}
