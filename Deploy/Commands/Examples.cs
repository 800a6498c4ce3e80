namespace Discovery.Deploy.Commands;

/// <summary>How people use the commands, for <c>--help</c>.</summary>
internal static class Examples
{
    /// <summary>Examples of a command; null for none.</summary>
    public static string? Of(string command) => command switch
    {
        "deploy" => """
            First time:
              ./discovery deploy init                                 asks a few questions, writes deploy.yml
              mkdir -p recipes && ./discovery recipe init mysql --output recipes/shop.yml
              ./discovery deploy render -o out/                       then follow out/README.md

            Later:
              ./discovery deploy diff -o out/                         what a render would change
              ./discovery deploy render -o out/
              ./discovery deploy check out/                           our own rules, and the judges that are installed

            docs/gke.md has the whole way.
            """,
        "init" => """
            Examples:
              ./discovery deploy init
              ./discovery deploy init --environments dev prod --project 'example-{env}' --domain example.com -o deploy.yml

            {env} stands for the name of the environment.
            """,
        "render" => """
            Examples:
              ./discovery deploy render                               deploy.yml into out/
              ./discovery deploy render -c deploy.yml -o ../platform/gke

            Only files that differ are written; files of an earlier render that are not needed any more are removed, others never touched.
            A file that somebody changed since is not replaced without --force.

            Exit codes:
              0  good, also with warnings
              1  deploy.yml or a recipe is faulty, or the folder cannot be written; nothing was changed
              2  a wrong command line
            """,
        "diff" => """
            Examples:
              ./discovery deploy diff                                 what 'deploy render' would change in out/
              ./discovery deploy diff -o ../platform/gke | git -C ../platform/gke apply --check

            Exit codes:
              0  the folder is what would be rendered
              1  it differs
              2  deploy.yml or a recipe is faulty, the folder cannot be read, or the command line is wrong
            """,
        "check" => """
            Examples:
              ./discovery deploy check out/                           each environment of the folder by itself
              ./discovery deploy check -c deploy.yml                  the same, before anything is written
              helm template datahub datahub -n datahub -f out/prod/datahub/values.yaml > out/prod/rendered.yaml
              ./discovery deploy check -n datahub out/prod            with the chart's own objects
              ./discovery deploy check values.yaml                    keys of DataHub's chart that went away
              ./discovery deploy check --from v1.4.0                  whether DataHub may be moved from this version

            Exit codes:
              0  no errors; there may be warnings
              1  there are errors
              2  a wrong command line

            docs/gke-checks.md has all rules.
            """,
        _ => null,
    };
}
