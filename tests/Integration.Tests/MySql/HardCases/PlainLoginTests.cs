using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.MySql.HardCases;

[Collection<MySql97Collection>, Trait("Category", "Long")]
public sealed class PlainLoginTests(MySql97Server server) : IAsyncLifetime
{
    private string Account => $"'never_seen'@'{server.Server.AccountHost}'";

    public async ValueTask InitializeAsync() => await server.ExecuteAsync($"CREATE USER {Account} IDENTIFIED BY '{TestServer.Password}'");

    public async ValueTask DisposeAsync() => await server.ExecuteAsync($"DROP USER {Account}");

    [Fact]
    public async Task A_password_that_the_server_takes_over_TLS_only_is_not_blamed_on_the_address()
    {
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync("never_seen", "options: { connect_args: { ssl_disabled: true } }");

        var message = Assert.Single(report.AllFailures).Message;
        Assert.Contains("Authentication method", message, StringComparison.Ordinal);
        Assert.Contains("remove `ssl_disabled` from the recipe", message, StringComparison.Ordinal);
    }
}
