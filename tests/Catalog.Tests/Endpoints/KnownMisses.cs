namespace Discovery.Catalog.Tests.Endpoints;

/// <summary>Tests of the conformance kit that the catalog does not pass yet, each with the reason.</summary>
internal static class KnownMisses
{
    public static IReadOnlyList<(string File, string Test, string Reason)> All { get; } =
    [
        ("test_tier3_graphql.py", "test_custom_assertion_and_results", "The GraphQL mutations of assertions are not offered; assertions can be written as aspects."),
        ("test_tier3_graphql.py", "test_forms_upsert_assigns_entities", "The GraphQL mutation batchAssignForm is not offered; the form itself is written."),
        ("test_tier3_graphql.py", "test_ingest_deploy_and_list_source_runs", "Runs are not scheduled here: the GraphQL mutation updateIngestionSource is not offered."),
        ("test_tier3_graphql.py", "test_invite_token_and_roles", "There are no accounts: getInviteToken and batchAssignRole are not offered."),
        ("test_tier3_graphql.py", "test_list_source_runs_shows_cli_runs", "listIngestionSources gives no executions."),
        ("test_tier3_graphql.py", "test_operations_api", "The GraphQL mutation reportOperation is not offered; the aspect operation can be written."),
    ];

    public static IReadOnlyList<string> Of(string file) =>
        [.. All.Where(miss => miss.File == file).Select(miss => miss.Test).Order(StringComparer.Ordinal)];
}
