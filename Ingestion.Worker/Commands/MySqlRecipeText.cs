namespace Discovery.Ingestion.Worker.Commands;

/// <summary>What <c>recipe init mysql</c> writes and says.</summary>
internal static class MySqlRecipeText
{
    /// <summary>Name of the environment variable that holds the password.</summary>
    public const string PasswordVariable = "MYSQL_PASSWORD";

    /// <summary>Schemas of the server itself, which the recipe leaves out.</summary>
    public static IReadOnlyList<string> SystemSchemas { get; } = ["information_schema", "mysql", "performance_schema", "sys"];

    /// <summary>A commented recipe that DataHub's own client runs as well.</summary>
    public static string Recipe(string hostPort, string user) =>
        $$"""
        # Reads the structure of every database that {{OneLine(user)}} can see: no row of data, no right but REFERENCES.
        # Run it:   {{PasswordVariable}}=... ./discovery ingest -c <this file>
        # Try it:   add --dry-run (writes nothing) or --preview (the first ten records)

        # Names the pipeline in every record; keep it stable.
        pipeline_name: mysql

        source:
          type: mysql
          config:
            host_port: {{Quoted(hostPort)}}
            username: {{Quoted(user)}}
            password: "${{{PasswordVariable}}}"

            # Python regular expressions, anchored at the start only: "shop" also keeps "shop_old". Deny wins.
            database_pattern:
              deny:
                - "^information_schema$"
                - "^mysql$"
                - "^performance_schema$"
                - "^sys$"

            # On "database.table"; views are filtered by it too, unless there is a view_pattern.
            # table_pattern:
            #   deny:
            #     - ".*\\.tmp_.*"

            # PROD, DEV, STG, ... is part of every urn.
            # env: PROD

        sink:
          type: file
          config:
            filename: ./mysql.json

        # Straight into DataHub instead:
        # sink:
        #   type: datahub-rest
        #   config:
        #     server: "http://localhost:8080"
        #     token: "${DATAHUB_TOKEN}"

        """;

    /// <summary>The statements that make the account, for a database administrator.</summary>
    public static string Grants(string user) =>
        $"""
        CREATE USER {Literal(user)}@'%' IDENTIFIED BY '<a password>';
        GRANT REFERENCES ON *.* TO {Literal(user)}@'%';
        """;

    private static string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
