using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Discovery.Web.Access;
using Discovery.Web.Shell;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Tests.Access;

public sealed class TokenTests
{
    [Fact]
    public async Task A_token_of_the_server_lets_in_by_the_name_in_it()
    {
        await using var server = await StartAsync();
        var token = OwnTokens.Create(server.KeyFolder, "kim", TimeSpan.FromHours(1), TimeProvider.System);
        using var read = await server.GetAsync("/page", ("Authorization", $"Bearer {token}"));
        Assert.Equal("kim", await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var write = await server.PostAsync("/aspects", ("Authorization", $"bearer {token}"));
        Assert.Equal("kim", await write.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_clients_need_before_they_log_in_is_open()
    {
        await using var server = await StartAsync();
        foreach (var path in new[] { "/config", "/health", "/alive", "/login", ShellFiles.Stylesheet.Address })
        {
            using var answer = await server.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        foreach (var path in new[] { "/page", "/nothing", "/config/x", "/health/../page", "/CONFIG/../page", "/assets/../page" })
        {
            using var answer = await server.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    public static TheoryData<string> Attacks => ["", "x", "a.b.c", "none", "foreign", "audience", "issuer", "expired", "early", "kid", "forever", "nobody", "hs512", "stripped", "changed"];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_token_that_the_server_did_not_make_for_itself_is_refused(string attack)
    {
        await using var server = await StartAsync();
        var key = TokenKey.ReadOrCreate(server.KeyFolder);
        var good = OwnTokens.Create(server.KeyFolder, "kim", TimeSpan.FromHours(1), TimeProvider.System);
        var token = attack switch
        {
            "none" => $"{Base64Url("""{"alg":"none","typ":"JWT"}""")}.{good.Split('.')[1]}.",
            "stripped" => string.Join('.', good.Split('.')[..2]) + ".",
            "changed" => $"{good.Split('.')[0]}.{Base64Url("""{"aud":"discovery","iss":"discovery","exp":4102444800,"sub":"root"}""")}.{good.Split('.')[2]}",
            "foreign" => Sign(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)) { KeyId = key.KeyId }),
            "kid" => Sign(new SymmetricSecurityKey(key.Key) { KeyId = "other" }),
            "audience" => Sign(key, audience: "elsewhere"),
            "issuer" => Sign(key, issuer: "elsewhere"),
            "expired" => Sign(key, from: -7200, to: -3600),
            "early" => Sign(key, from: 3600, to: 7200),
            "forever" => Sign(key, to: null),
            "nobody" => Sign(key, subject: null),
            "hs512" => Sign(key, algorithm: SecurityAlgorithms.HmacSha512),
            _ => attack,
        };
        using var read = await server.GetAsync("/page", ("Authorization", $"Bearer {token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, read.StatusCode);
        using var write = await server.PostAsync("/aspects", ("Authorization", $"Bearer {token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, write.StatusCode);
    }

    [Fact]
    public async Task Other_ways_to_say_who_one_is_are_ignored()
    {
        await using var server = await StartAsync();
        var token = OwnTokens.Create(server.KeyFolder, "kim", TimeSpan.FromHours(1), TimeProvider.System);
        (string, string)[][] tries =
        [
            [("Authorization", "Basic YWRtaW46YWRtaW4=")],
            [("Authorization", $"Basic {token}")],
            [("Authorization", token)],
            [("Authorization", $"Bearer {token}"), ("Authorization", "Bearer x")],
            [("X-DataHub-Actor", "urn:li:corpuser:datahub")],
            [("X-Forwarded-User", "kim"), ("X-Forwarded-Host", "localhost"), ("X-Forwarded-For", "127.0.0.1")],
            [("X-Auth-Token", token)],
        ];
        foreach (var headers in tries)
        {
            using var answer = await server.GetAsync("/page", headers);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        using var inQuery = await server.GetAsync($"/page?access_token={token}&token={token}");
        Assert.Equal(HttpStatusCode.Unauthorized, inQuery.StatusCode);
    }

    [Fact]
    public async Task Tokens_are_not_looked_at_where_none_are_asked_for()
    {
        await using var server = await TestServer.StartAsync();
        using var answer = await server.GetAsync("/page", ("Authorization", "Bearer whatever"));
        Assert.Equal("nobody", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_key_is_made_once_for_its_owner_alone()
    {
        var folder = Directory.CreateTempSubdirectory("web-tests-");
        try
        {
            Parallel.For(0, 8, _ => TokenKey.ReadOrCreate(folder.FullName));
            var file = Assert.Single(folder.GetFiles());
            Assert.Equal(32, file.Length);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
                file.UnixFileMode |= UnixFileMode.GroupRead;
                Assert.Throws<AccessSettingsException>(() => TokenKey.ReadOrCreate(folder.FullName));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_folder_in_the_place_of_the_key_is_refused_and_no_key_is_left_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory("web-tests-");
        try
        {
            folder.CreateSubdirectory("token.key");
            Assert.ThrowsAny<Exception>(() => TokenKey.ReadOrCreate(folder.FullName));
            Assert.Empty(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    public void A_key_that_is_too_short_is_refused(string content)
    {
        var folder = Directory.CreateTempSubdirectory("web-tests-");
        try
        {
            TokenKey.ReadOrCreate(folder.FullName);
            File.WriteAllText(Path.Combine(folder.FullName, "token.key"), content);
            Assert.Throws<AccessSettingsException>(() => TokenKey.ReadOrCreate(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(settings => settings with { Tokens = true });

    private static string Base64Url(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));

    private static string Sign(
        SecurityKey key, string issuer = "discovery", string audience = "discovery", string? subject = "kim", string algorithm = SecurityAlgorithms.HmacSha256, int from = -60, int? to = 3600)
    {
        // A key of 32 bytes is too short for longer hashes, but an attacker pads.
        var signing = algorithm == SecurityAlgorithms.HmacSha256 ? key : new SymmetricSecurityKey([.. ((SymmetricSecurityKey)key).Key, .. new byte[32]]) { KeyId = key.KeyId };
        var now = DateTime.UtcNow;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now.AddSeconds(from),
            Expires = to is { } seconds ? now.AddSeconds(seconds) : null,
            Subject = subject is null ? null : new ClaimsIdentity([new Claim("sub", subject)]),
            SigningCredentials = new SigningCredentials(signing, algorithm),
        });
    }
}
