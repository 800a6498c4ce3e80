namespace Discovery.Ingestion.Worker.Commands;

/// <summary>How people use the commands, for <c>--help</c>.</summary>
internal static class Examples
{
    /// <summary>Examples of a command; null for none.</summary>
    public static string? Of(string command) => command switch
    {
        "./discovery" => """
            First look:
              ./discovery up --once

            Your server:
              ./discovery recipe init mysql
              MYSQL_PASSWORD=... ./discovery preflight -c mysql.yml
              MYSQL_PASSWORD=... ./discovery ingest -c mysql.yml
            """,
        "ingest" or "run" => """
            Examples:
              ./discovery ingest -c recipe.yml --dry-run              read everything, write nothing, show the counts
              ./discovery ingest -c recipe.yml --preview              write the first ten records, to look at them
              ./discovery ingest -c recipe.yml --report-to run.json   the numbers of the run as JSON
              cat recipe.yml | ./discovery ingest -c -

            Exit codes:
              0  good, also with warnings
              1  a failure, a faulty recipe or an interrupt; with --strict-warnings a warning
              2  a wrong command line
            """,
        "preflight" => """
            Examples:
              ./discovery preflight -c recipe.yml                     what the account sees, and the GRANT for what is missing
              ./discovery preflight -c recipe.yml --json > rights.json

            Exit codes:
              0  all that the recipe asks for is visible
              1  something is missing, the server cannot be reached, or the recipe is faulty
              2  a wrong command line
            """,
        "recipe" or "init" or "mysql" => """
            Examples:
              ./discovery recipe init mysql                           asks for host and account, writes mysql.yml, prints the GRANT
              ./discovery recipe init mysql --host db:3306 --user datahub --output db.yml
              ./discovery recipe check mysql.yml                      every fault with its line, without connecting
            """,
        "deploy" => """
            Examples:
              ./discovery recipe deploy shop.yml --to recipes --schedule "0 3 * * *" --time-zone Europe/Berlin
              ./discovery recipe deploy shop.yml --to recipes --name shop-eu

            Comments and all else of the recipe stay as they are. Variables are not resolved: each worker does that with its own environment.
            """,
        "worker" => """
            Examples:
              MYSQL_PASSWORD=... ./discovery worker                    asks the API at http://127.0.0.1:8090 for runs
              ./discovery worker --api https://discovery.example.com --token-file worker.token --label eu

            The token is that of the variable DISCOVERY_WORKER_TOKEN, or in --token-file. Over plain http to another machine it is sent with a warning.
            SIGTERM takes no new run and lets the one that is on go on for --grace; a second one ends the process at once.
            """,
        "runs" or "list" or "show" or "start" or "logs" or "cancel" => """
            Examples:
              ./discovery runs start shop --wait                      start a run, print its log, exit with 1 when it fails
              ./discovery runs list --recipe shop --state failed
              ./discovery runs logs ID -f

            The token is that of the variable DISCOVERY_API_TOKEN, or in --token-file.

            Exit codes:
              0  good
              1  the run failed or was cancelled (show, logs -f, start --wait), or the API refused
              2  a wrong command line
            """,
        _ => null,
    };
}
