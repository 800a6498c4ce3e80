using System.Data.Common;
using System.Text;
using MySqlConnector;

namespace Discovery.MySqlConnector.Tests;

public sealed class HostileServerTests
{
    private const string Password = "the-secret-password";
    private const string TrustsLoopback = "The real package lets a server on this machine have the password (since 2.5.0), and fake servers are on this machine.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_asks_for_a_file_gets_an_empty_packet()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "secret content", Token);
        await using var server = new FakeServer(async s =>
        {
            await s.LoginAsync();
            await s.WriteAsync([0xFB, .. Encoding.UTF8.GetBytes(file)]);
            Assert.Empty(await s.ReadAsync());
            await s.OkAsync();
            _ = await s.ReadAsync();
        });
        await using (var connection = new MySqlConnection(Settings(server).ConnectionString))
        {
            await connection.OpenAsync(Token);
            await Assert.ThrowsAsync<MySqlException>(() => ReadingTests.Scalar(connection, "SELECT 1"));
        }

        Assert.DoesNotContain("secret content", Encoding.UTF8.GetString(await server.StopAsync()), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void Local_files_cannot_be_allowed()
    {
        Assert.SkipUnless(StandIn.IsUsed, "The real package can be told to send files.");
        Assert.False(new MySqlConnectionStringBuilder().AllowLoadLocalInfile);
        Assert.Throws<NotSupportedException>(() => new MySqlConnectionStringBuilder("AllowLoadLocalInfile=true"));
    }

    [Theory]
    [InlineData("mysql_clear_password", MySqlSslMode.None)]
    [InlineData("mysql_clear_password", MySqlSslMode.Preferred)]
    [InlineData("dialog", MySqlSslMode.Preferred)]
    [InlineData("mysql_old_password", MySqlSslMode.Preferred)]
    [InlineData("../../mysql_clear_password", MySqlSslMode.Preferred)]
    public async Task A_server_that_asks_for_the_password_in_clear_text_does_not_get_it(string method, MySqlSslMode mode)
    {
        Assert.SkipUnless(StandIn.IsUsed, TrustsLoopback);
        await using var server = new FakeServer(async s =>
        {
            _ = await s.ReadAsync();
            await s.WriteAsync([0xFE, .. Encoding.UTF8.GetBytes(method), 0, .. "12345678901234567890"u8, 0]);
            while (true)
            {
                _ = await s.ReadAsync();
            }
        });
        await AssertLoginFailsWithoutPassword(server, mode);
    }

    [Theory]
    [InlineData("caching_sha2_password", MySqlSslMode.None)]
    [InlineData("caching_sha2_password", MySqlSslMode.Preferred)]
    [InlineData("sha256_password", MySqlSslMode.None)]
    [InlineData("sha256_password", MySqlSslMode.Preferred)]
    public async Task The_key_that_encrypts_the_password_is_not_taken_from_the_server(string method, MySqlSslMode mode)
    {
        Assert.SkipUnless(StandIn.IsUsed, TrustsLoopback);
        await using var server = new FakeServer(async s =>
        {
            _ = await s.ReadAsync();
            await s.WriteAsync([0xFE, .. Encoding.UTF8.GetBytes(method), 0, .. "12345678901234567890"u8, 0]);
            _ = await s.ReadAsync();
            await s.WriteAsync([1, 4]);
            Assert.Fail($"The client asks for the key or sends the password: {Convert.ToHexString(await s.ReadAsync())}");
        });
        await AssertLoginFailsWithoutPassword(server, mode);
    }

    [Theory]
    [InlineData(MySqlSslMode.Required)]
    [InlineData(MySqlSslMode.VerifyCA)]
    [InlineData(MySqlSslMode.VerifyFull)]
    public async Task Nothing_of_a_login_is_sent_where_TLS_is_required_and_not_offered(MySqlSslMode mode)
    {
        await using var server = new FakeServer(async s =>
        {
            _ = await s.ReadAsync();
            await s.OkAsync();
        });
        await AssertLoginFailsWithoutPassword(server, mode);
    }

    [Theory]
    [InlineData(MySqlSslMode.None)]
    [InlineData(MySqlSslMode.Preferred)]
    [InlineData(MySqlSslMode.Required)]
    public async Task An_error_in_the_first_packet_keeps_its_number(MySqlSslMode mode)
    {
        await using var server = new FakeServer(s => s.ReadAsync(), [0xFF, 0x10, 0x04, .. "Too many connections"u8]);
        var settings = Settings(server);
        settings.SslMode = mode;
        var error = await ConnectingTests.OpenFails(settings);
        Assert.Equal(MySqlErrorCode.ConnectionCountError, error.ErrorCode);
        Assert.Equal("Too many connections", error.Message);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_server_that_leaves_amid_the_rows_is_an_error_and_not_the_end()
    {
        await using var server = new FakeServer(async s =>
        {
            await s.LoginAsync();
            await s.WriteAsync([1]);
            await s.WriteAsync([3, .. "def"u8, 0, 0, 0, 1, (byte)'a', 0, 12, 45, 0, 40, 0, 0, 0, 253, 0, 0, 0, 0, 0]);
            await s.WriteAsync([0xFE, 0, 0, 2, 0]);
            await s.WriteAsync([3, .. "one"u8]);
        });
        await using var connection = new MySqlConnection(Settings(server).ConnectionString);
        await connection.OpenAsync(Token);
        await using var reader = await ReadingTests.Reader(connection, "SELECT a");
        var error = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await reader.ReadAsync(Token))
            {
                Assert.Equal("one", reader.GetString(0));
            }
        });
        Assert.True(error is DbException or IOException, error.ToString());
        Assert.Equal(System.Data.ConnectionState.Broken, connection.State);
    }

    [Fact]
    public async Task A_server_that_stops_answering_is_cut_off_after_the_time_out()
    {
        var gone = new TaskCompletionSource();
        await using var server = new FakeServer(async s =>
        {
            await s.LoginAsync();
            await gone.Task;
        });
        await using var connection = new MySqlConnection(Settings(server).ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        command.CommandTimeout = 1;
        var error = await Assert.ThrowsAsync<MySqlException>(() => command.ExecuteScalarAsync(Token));
        Assert.Equal(MySqlErrorCode.CommandTimeoutExpired, error.ErrorCode);
        Assert.Equal(System.Data.ConnectionState.Broken, connection.State);
        gone.SetResult();
    }

    private static async Task AssertLoginFailsWithoutPassword(FakeServer server, MySqlSslMode mode)
    {
        var settings = Settings(server);
        settings.SslMode = mode;
        await using (var connection = new MySqlConnection(settings.ConnectionString))
        {
            var error = await Assert.ThrowsAnyAsync<Exception>(() => connection.OpenAsync(Token));
            Assert.True(error is MySqlException or NotSupportedException, error.ToString());
            Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
        }

        var received = Encoding.UTF8.GetString(await server.StopAsync());
        Assert.DoesNotContain(Password, received, StringComparison.Ordinal);
        Assert.Equal(mode < MySqlSslMode.Required, received.Contains("someone", StringComparison.Ordinal));
    }

    private static MySqlConnectionStringBuilder Settings(FakeServer server) => new()
    {
        Server = "127.0.0.1",
        Port = server.Port,
        UserID = "someone",
        Password = Password,
        SslMode = MySqlSslMode.None,
        Pooling = false,
    };
}
