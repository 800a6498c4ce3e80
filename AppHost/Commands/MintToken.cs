using Aspire.Hosting.DataHub;

namespace Discovery.AppHost.Commands;

/// <summary>The command "Mint token": one for the person who asks, who sees it this once. No log has it.</summary>
internal static class MintToken
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>Makes a token of DataHub's first user.</summary>
    /// <param name="datahub">The DataHub, with authentication.</param>
    public static IResourceBuilder<DataHubResource> WithMintToken(this IResourceBuilder<DataHubResource> datahub) =>
        datahub.WithMintToken($"An access token of DataHub's user {DataHubResource.UserName}, for the datahub command line and SDK (DATAHUB_GMS_TOKEN). It ends after three months.", context =>
            DataHubAccessToken.MakeAsync(datahub.Resource, "dashboard", context.CancellationToken));

    /// <summary>Makes an operator's token for a server of ours, which knows it by its hash.</summary>
    /// <param name="server">The server.</param>
    /// <param name="tokens">The tokens that it takes.</param>
    public static IResourceBuilder<ProjectResource> WithMintToken(this IResourceBuilder<ProjectResource> server, StaticTokens tokens) =>
        server.WithMintToken("A token of the role operator, for programs and for the log-in page. It ends after 90 days.", _ =>
            Task.FromResult(tokens.Mint("dashboard", "operator", Lifetime)));

    private static IResourceBuilder<T> WithMintToken<T>(this IResourceBuilder<T> resource, string description, Func<ExecuteCommandContext, Task<string>> mint)
        where T : IResource =>
        resource.WithCommand(
            "mint-token",
            "Mint token",
            async context => CommandResults.Success("Keep it now: it is not shown again.", await mint(context), CommandResultFormat.Text, displayImmediately: true),
            new CommandOptions { Description = description, IconName = "Key", UpdateState = CommandState.EnabledWhenHealthy });
}
