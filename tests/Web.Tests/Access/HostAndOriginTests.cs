using System.Net;
using System.Text.Json;

namespace Discovery.Web.Tests.Access;

/// <summary>What holds on loopback too, without tokens.</summary>
public sealed class HostAndOriginTests
{
    private static readonly string[] Writes = ["POST", "PUT", "PATCH", "DELETE"];

    [Fact]
    public async Task A_name_that_is_not_ours_is_refused_for_reads_and_writes()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var path in new[] { "/page", "/config", "/health", "/nothing" })
        {
            using var read = await server.GetAsync(path, ("Host", "rebound.example"));
            Assert.Equal(HttpStatusCode.MisdirectedRequest, read.StatusCode);
        }
        using var write = await server.PostAsync("/aspects", ("Host", $"rebound.example:{server.Client.BaseAddress!.Port}"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, write.StatusCode);
        using var local = await server.GetAsync("/page", ("Host", $"localhost:{server.Client.BaseAddress!.Port}"));
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_write_from_a_page_of_another_site_is_refused(string name, string value)
    {
        await using var server = await TestServer.StartAsync();
        foreach (var method in Writes)
        {
            using var answer = await server.SendAsync(HttpMethod.Parse(method), "/aspects", "{}", "application/json", (name, value));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_write_from_our_own_page_and_from_a_program_is_taken()
    {
        await using var server = await TestServer.StartAsync();
        using var page = await server.PostAsync("/aspects", ("Origin", $"http://{server.Host}"), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var behindTls = await server.PostAsync("/aspects", ("Origin", $"https://{server.Host}"));
        Assert.Equal(HttpStatusCode.OK, behindTls.StatusCode);
        using var program = await server.PostAsync("/aspects");
        Assert.Equal(HttpStatusCode.OK, program.StatusCode);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("text/plain", false)]
    [InlineData("text/plain; x=application/json", false)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("multipart/form-data; boundary=x", false)]
    [InlineData("application/jsonp", false)]
    [InlineData("application/json, text/plain", false)]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON; charset=utf-8", true)]
    [InlineData("application/json-patch+json", true)]
    public async Task A_write_must_say_that_it_is_json(string? type, bool taken)
    {
        await using var server = await TestServer.StartAsync();
        foreach (var method in Writes)
        {
            using var answer = await server.SendAsync(HttpMethod.Parse(method), "/aspects", "", type);
            Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Errors_come_in_the_form_of_who_asks()
    {
        await using var server = await TestServer.StartAsync();
        using var gms = await server.SendAsync(HttpMethod.Post, "/aspects", "", "text/plain");
        var error = JsonElement.Parse(await gms.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(415, error.GetProperty("status").GetInt32());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.NotEmpty(error.GetProperty("error").GetString()!);

        using var page = await server.GetAsync("/nothing", ("Accept", "text/html,*/*"));
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);

        using var other = await server.GetAsync("/nothing");
        Assert.Equal("application/problem+json", other.Content.Headers.ContentType!.MediaType);

        using var method = await server.PostAsync("/page");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.StatusCode);
    }

    [Fact]
    public async Task A_defect_is_an_answer_without_details()
    {
        await using var server = await TestServer.StartAsync();
        using var answer = await server.PostAsync("/defect");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_be_careful_and_none_lets_other_sites_in()
    {
        await using var server = await TestServer.StartAsync();
        using var found = await server.GetAsync("/page", ("Origin", "https://evil.example"));
        using var missing = await server.GetAsync("/nothing");
        using var refused = await server.GetAsync("/page", ("Host", "evil.example"));
        using var defect = await server.PostAsync("/defect");
        using var health = await server.GetAsync("/health");
        foreach (var answer in new[] { found, missing, refused, defect, health })
        {
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("https:", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Health_says_only_whether_it_is_well()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var path in new[] { "/health", "/alive" })
        {
            using var answer = await server.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }
}
