using Discovery.Web.Access;
using Discovery.Web.Hosting;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Web.Tests.Hosting;

public sealed class ServerHostTests
{
    [Fact]
    public async Task A_server_keeps_no_keys_in_the_home_folder()
    {
        await using var app = ServerHost.CreateBuilder("web-tests", new AccessSettings { Urls = ["http://127.0.0.1:0"], KeyFolder = "/nowhere" }).Build();
        Assert.DoesNotContain(app.Services.GetServices<IHostedService>(), service => service.GetType().Assembly == typeof(IKeyManager).Assembly);
        Assert.Equal("EphemeralDataProtectionProvider", app.Services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>().GetType().Name);
    }

    [Fact]
    public async Task An_address_that_this_machine_does_not_have_is_named()
    {
        // An address of documentation (RFC 5737), which no machine has.
        await using var app = ServerHost.CreateBuilder("web-tests", new AccessSettings { Urls = ["http://192.0.2.1:8080"], KeyFolder = "/nowhere" }).Build();
        var refusal = await Assert.ThrowsAsync<AccessSettingsException>(() => app.ListenAsync(TestContext.Current.CancellationToken));
        Assert.Contains("http://192.0.2.1:8080", refusal.Message, StringComparison.Ordinal);
    }
}
