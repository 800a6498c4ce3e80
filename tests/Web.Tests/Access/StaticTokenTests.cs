using System.CommandLine;
using System.Net;
using Discovery.Web.Access;

namespace Discovery.Web.Tests.Access;

public sealed class StaticTokenTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("web-tests-");
    private readonly FakeTime _time = new();

    private string TokenFile => Path.Combine(_folder.FullName, "tokens");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_token_of_the_file_lets_in_until_its_line_is_gone()
    {
        var token = StaticTokens.Add(TokenFile, "runner-1", AccessRole.Operator, null);
        StaticTokens.Add(TokenFile, "runner-2", AccessRole.Viewer, null);
        await using var server = await StartAsync();
        var cookie = await server.LogInAsync(token);
        using var known = await server.GetAsync("/page", Bearer(token));
        Assert.Equal("runner-1", await known.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        await File.WriteAllLinesAsync(TokenFile, (await File.ReadAllLinesAsync(TokenFile, TestContext.Current.CancellationToken)).Where(line => !line.StartsWith("runner-1", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        foreach (var revoked in new[] { Bearer(token), cookie })
        {
            using var answer = await server.GetAsync("/page", revoked);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_token_that_differs_in_one_bit_is_refused()
    {
        var token = StaticTokens.Add(TokenFile, "runner-1", AccessRole.Operator, null);
        await using var server = await StartAsync();
        for (var i = 0; i < token.Length; i++)
        {
            var other = $"{token[..i]}{(char)(token[i] ^ 1)}{token[(i + 1)..]}";
            using var answer = await server.GetAsync("/page", Bearer(other));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        foreach (var other in new[] { "dsc_", token + "A", token[..^1], token.ToUpperInvariant(), (await File.ReadAllTextAsync(TokenFile, TestContext.Current.CancellationToken)).Split(' ')[^1].Trim() })
        {
            using var answer = await server.GetAsync("/page", Bearer(other));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_token_ends_when_its_line_says()
    {
        var token = StaticTokens.Add(TokenFile, "runner-1", AccessRole.Operator, _time.GetUtcNow().AddMinutes(30));
        await using var server = await StartAsync();
        var cookie = await server.LogInAsync(token);
        using var before = await server.GetAsync("/page", Bearer(token));
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        _time.Advance(TimeSpan.FromMinutes(31));
        using var after = await server.GetAsync("/page", Bearer(token));
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Contains("expired", await after.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var session = await server.GetAsync("/page", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, session.StatusCode);
    }

    [Fact]
    public async Task Static_tokens_and_those_of_the_server_work_beside_each_other()
    {
        var token = StaticTokens.Add(TokenFile, "runner-1", AccessRole.Viewer, null);
        await using var server = await StartAsync();
        foreach (var good in new[] { token, OwnTokens.Create(server.KeyFolder, "kim", TimeSpan.FromHours(1), TimeProvider.System) })
        {
            using var answer = await server.GetAsync("/page", Bearer(good));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("runner-1 worker")]
    [InlineData("runner-1 admin 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("runner-1 Worker 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("runner-1 worker 000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("runner-1 worker g000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("runner-1 worker 0000000000000000000000000000000000000000000000000000000000000000 tomorrow")]
    [InlineData("runner-1 worker 0000000000000000000000000000000000000000000000000000000000000000 2027-13-01T00:00:00Z")]
    [InlineData("runner-1 worker 0000000000000000000000000000000000000000000000000000000000000000 2027-01-31T00:00:00Z x")]
    [InlineData("runner-1 worker dsc_0000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_malformed_line_refuses_the_start_and_is_named(string line)
    {
        await File.WriteAllTextAsync(TokenFile, $"# tokens\n\n{line}\n", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<AccessSettingsException>(StartAsync);
        Assert.Contains($"{TokenFile}, line 3: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("dsc_0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_refuses_the_start() => await Assert.ThrowsAsync<AccessSettingsException>(StartAsync);

    [Fact]
    public async Task A_change_that_cannot_be_read_keeps_those_who_were_known()
    {
        var token = StaticTokens.Add(TokenFile, "runner-1", AccessRole.Viewer, null);
        var good = await File.ReadAllTextAsync(TokenFile, TestContext.Current.CancellationToken);
        await using var server = await StartAsync();
        await File.WriteAllTextAsync(TokenFile, "half a li", TestContext.Current.CancellationToken);
        using var malformed = await server.GetAsync("/page", Bearer(token));
        Assert.Equal(HttpStatusCode.OK, malformed.StatusCode);
        File.Delete(TokenFile);
        using var gone = await server.GetAsync("/page", Bearer(token));
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        await File.WriteAllTextAsync(TokenFile, good.Replace("viewer", "operator", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var mended = await server.PostAsync("/aspects", Bearer(token));
        Assert.Equal(HttpStatusCode.OK, mended.StatusCode);
    }

    [Fact]
    public async Task A_link_that_leads_elsewhere_is_a_change()
    {
        // As Kubernetes swaps the content of a secret.
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "1"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "2"));
        var first = StaticTokens.Add(Path.Combine(_folder.FullName, "1", "tokens"), "runner", AccessRole.Viewer, null);
        var second = StaticTokens.Add(Path.Combine(_folder.FullName, "2", "tokens"), "runner", AccessRole.Viewer, null);
        var data = Path.Combine(_folder.FullName, "data");
        Directory.CreateSymbolicLink(data, "1");
        File.CreateSymbolicLink(TokenFile, "data/tokens");
        await using var server = await StartAsync();
        using var before = await server.GetAsync("/page", Bearer(first));
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "2");
        using var after = await server.GetAsync("/page", Bearer(second));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        using var revoked = await server.GetAsync("/page", Bearer(first));
        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
    }

    [Fact]
    public async Task A_file_that_others_can_write_is_refused()
    {
        StaticTokens.Add(TokenFile, "runner-1", AccessRole.Viewer, null);
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(TokenFile));
        File.SetUnixFileMode(TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        await Assert.ThrowsAsync<AccessSettingsException>(StartAsync);
        Assert.Throws<AccessSettingsException>(() => StaticTokens.Add(TokenFile, "runner-2", AccessRole.Viewer, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("#a")]
    [InlineData("a\nroot")]
    public void A_name_that_is_not_one_word_is_refused(string name)
    {
        Assert.Throws<AccessSettingsException>(() => StaticTokens.Add(TokenFile, name, AccessRole.Viewer, null));
        Assert.False(File.Exists(TokenFile));
    }

    [Fact]
    public async Task The_command_prints_the_token_and_keeps_its_hash()
    {
        using var output = new StringWriter();
        var command = StaticTokenCommand.Create(_time);
        var status = await command.Parse(["runner-1", "--role", "worker", "--tokens", TokenFile, "--expires", "90d"])
            .InvokeAsync(new InvocationConfiguration { Output = output }, TestContext.Current.CancellationToken);
        Assert.Equal(0, status);
        var token = output.ToString().Trim();
        Assert.Equal("dsc_".Length + 43, token.Length);
        var text = await File.ReadAllTextAsync(TokenFile, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(token["dsc_".Length..], text, StringComparison.Ordinal);
        Assert.Contains($"Z\n", text, StringComparison.Ordinal);
        await using var server = await StartAsync();
        using var answer = await server.PostAsync("/work", Bearer(token));
        Assert.Equal("runner-1", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(settings => settings with { TokenFile = TokenFile }, _time);

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");
}
