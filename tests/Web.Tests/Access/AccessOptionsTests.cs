using System.CommandLine;
using Discovery.Web.Access;

namespace Discovery.Web.Tests.Access;

public sealed class AccessOptionsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Without_options_a_server_listens_where_its_command_says()
    {
        var settings = Read();
        Assert.Equal(["http://127.0.0.1:8080"], settings.Urls);
        Assert.Equal("/data", settings.KeyFolder);
        Assert.Equal("groups", settings.GroupsClaim);
        Assert.Null(settings.Tokens);
        Assert.Null(settings.OidcClientSecret);
        Assert.False(new AccessRule(settings).TokensRequired);
    }

    [Fact]
    public void All_options_arrive()
    {
        File.WriteAllText(_file, "hush\n");
        var settings = Read(
            "--urls", "http://127.0.0.1:1; http://10.0.0.5:2", "--allow-host", "a.example.com", "--allow-host", "b.example.com", "--auth", "on", "--tokens", _file,
            "--oidc-issuer", "https://login.example.com", "--oidc-audience", "api", "--oidc-client-id", "discovery", "--oidc-client-secret-file", _file,
            "--groups-claim", "roles", "--operators", "admins", "--operators", "owners", "--viewers", "analysts");
        Assert.Equal(["http://127.0.0.1:1", "http://10.0.0.5:2"], settings.Urls);
        Assert.Equal(["a.example.com", "b.example.com"], settings.AllowedHosts);
        Assert.True(settings.Tokens);
        Assert.Equal(_file, settings.TokenFile);
        Assert.Equal("https://login.example.com", settings.OidcIssuer);
        Assert.Equal("api", settings.OidcAudience);
        Assert.Equal("discovery", settings.OidcClientId);
        Assert.Equal("hush", settings.OidcClientSecret!.Value);
        Assert.Equal("roles", settings.GroupsClaim);
        Assert.Equal(["admins", "owners"], settings.OperatorGroups);
        Assert.Equal(["analysts"], settings.ViewerGroups);
    }

    [Fact]
    public void A_secret_that_cannot_be_read_is_told()
    {
        Assert.Throws<AccessSettingsException>(() => Read("--oidc-client-id", "discovery", "--oidc-client-secret-file", _file));
        Assert.Throws<AccessSettingsException>(() => Read("--oidc-client-id", "discovery", "--oidc-client-secret-file", _file + ".missing"));
    }

    private static AccessSettings Read(params string[] arguments)
    {
        var options = new AccessOptions("http://127.0.0.1:8080");
        var command = new Command("server");
        options.AddTo(command);
        var parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return options.Read(parsed, "/data");
    }
}
