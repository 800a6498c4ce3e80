using System.Net;
using System.Net.Sockets;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Sinks.DataHubRest;

namespace Discovery.Ingestion.Tests.Sinks.DataHubRest;

public sealed class HandshakeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, "<html><title>DataHub</title></html>", "web front end")]
    [InlineData(200, """{"noCode":true}""", "web front end")]
    [InlineData(200, """["noCode"]""", "web front end")]
    [InlineData(404, "", "status 404")]
    [InlineData(401, "{}", "does not accept the token")]
    [InlineData(500, """{"message":"no database"}""", "no database")]
    [InlineData(301, "", "Redirects are not followed")]
    public async Task A_server_that_is_not_DataHubs_metadata_service_is_named_as_such(int status, string body, string expected)
    {
        await using var server = await RecordingServer.StartAsync();
        server.OnConfig = _ => new Reply(status, body) { Headers = { ["Location"] = "https://sso.example.com/login" } };
        await using var run = new SinkRun(SinkRun.Config(server.Address), new ManualTime { SkipsPauses = true });

        var fault = await Assert.ThrowsAsync<SinkException>(() => run.Sink.OpenAsync(Cancel));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address, fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Writes);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_tried_five_times_and_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}";
        listener.Stop();
        await using var run = new SinkRun(SinkRun.Config(address), new ManualTime { SkipsPauses = true });

        var fault = await Assert.ThrowsAsync<SinkException>(() => run.Sink.OpenAsync(Cancel));

        Assert.Contains($"{address} cannot be reached", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Check that it runs", fault.Message, StringComparison.Ordinal);
        Assert.Equal(5, run.Report.Requests);
        Assert.DoesNotContain(run.Log.Append(fault.ToString()), text => text.Contains(SinkRun.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_carry_the_clients_name_the_token_and_the_extra_headers()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = new SinkRun(SinkRun.Config(server.Address + "/") with { ExtraHeaders = new Dictionary<string, string> { ["X-Tenant"] = "blue" } });

        await run.SendAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(1))));

        Assert.Equal(2, server.All.Count);
        Assert.All(server.All, request =>
        {
            Assert.Equal($"DataHub-Client/1.0 (ingestion; discovery; {ClientIdentity.Version})", request.Headers["User-Agent"]);
            Assert.Equal("Bearer " + SinkRun.Token, request.Headers["Authorization"]);
            Assert.Equal("blue", request.Headers["X-Tenant"]);
            Assert.Equal("INGESTION", request.Headers["X-DataHub-Client-Mode"]);
            Assert.Equal("2.0.0", request.Headers["X-RestLi-Protocol-Version"]);
        });
        Assert.Equal("application/json", server.Writes[0].Headers["Content-Type"]);
        Assert.Equal("/aspects?action=ingestProposalBatch", server.Writes[0].Target);
    }

    [Theory]
    [InlineData("localhost:8080", "is not an http or https address")]
    [InlineData("ftp://datahub", "is not an http or https address")]
    [InlineData("http://user:pw@datahub:8080", "use token")]
    [InlineData("http://datahub:8080?x=1", "query")]
    [InlineData("http://169.254.169.254/computeMetadata", "link-local")]
    [InlineData("http://[::ffff:169.254.169.254]/", "link-local")]
    [InlineData("http://metadata.google.internal", "link-local")]
    public void An_address_that_cannot_be_right_is_an_error(string server, string expected)
    {
        var (key, message) = Assert.Single(new DataHubRestConfig { Server = server }.Validate());
        Assert.Equal("server", key);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_that_is_null_has_its_default()
    {
        var config = new DataHubRestConfig { Server = "http://datahub:8080", TimeoutSeconds = null, RetryMaxTimes = null, RetryStatusCodes = null };

        Assert.Empty(config.Validate());
        Assert.Equal(TimeSpan.FromSeconds(30), config.Timeout);
        Assert.Equal(4, config.Retries);
        Assert.Equal([429, 500, 502, 503, 504], config.RetryStatuses);
    }

    [Fact]
    public void Settings_that_would_break_a_request_are_errors_that_do_not_show_them()
    {
        var config = new DataHubRestConfig
        {
            Server = "https://datahub.example.com/gms/",
            Token = new Secret("two words"),
            Auth = new Dictionary<string, string> { ["type"] = "oauth" },
            ClientKeyPath = "key.pem",
            ExtraHeaders = new Dictionary<string, string> { ["X-Key"] = "line\nbreak" },
            RetryStatusCodes = [200],
        };

        var faults = config.Validate().ToList();

        Assert.Equal("https://datahub.example.com/gms", config.Address);
        Assert.Equal(["token", "auth", "client_key_path", "extra_headers", "retry_status_codes"], faults.Select(fault => fault.Key));
        Assert.DoesNotContain(faults, fault => fault.Message.Contains("two words", StringComparison.Ordinal) || fault.Message.Contains("break\n", StringComparison.Ordinal));
    }
}
