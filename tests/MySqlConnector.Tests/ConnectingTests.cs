using System.Data;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

namespace Discovery.MySqlConnector.Tests;

public sealed class ConnectingTests(MariaDbServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_connection_knows_its_server_and_hides_its_password()
    {
        var settings = server.Settings();
        settings.Database = "mysql";
        settings.ApplicationName = "connecting-tests";
        await using var connection = new MySqlConnection(settings.ConnectionString);
        Assert.Equal(ConnectionState.Closed, connection.State);
        await connection.OpenAsync(Token);
        Assert.Equal(ConnectionState.Open, connection.State);
        Assert.Equal("mysql", connection.Database);
        Assert.Equal("127.0.0.1", connection.DataSource);
        Assert.EndsWith((string)(await ReadingTests.Scalar(connection, "SELECT VERSION()"))!, connection.ServerVersion, StringComparison.Ordinal);
        Assert.Equal(connection.ServerThread, Convert.ToInt32(await ReadingTests.Scalar(connection, "SELECT CONNECTION_ID()"), null));
        Assert.Equal("utf8mb4", await ReadingTests.Scalar(connection, "SELECT @@character_set_results"));
        Assert.DoesNotContain("assword", connection.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("Database=mysql", connection.ConnectionString, StringComparison.OrdinalIgnoreCase);
        await connection.CloseAsync();
        Assert.Equal(ConnectionState.Closed, connection.State);
        Assert.Throws<InvalidOperationException>(() => connection.ServerVersion);
    }

    [Fact]
    public async Task A_closed_connection_can_be_opened_again()
    {
        await using var connection = await server.OpenAsync();
        await connection.CloseAsync();
        await connection.OpenAsync(Token);
        Assert.Equal(1, await ReadingTests.Scalar(connection, "SELECT 1"));
    }

    [Fact]
    public async Task A_wrong_password_is_the_servers_error_and_is_not_shown()
    {
        var settings = server.Settings();
        settings.Password = "a-wrong-secret";
        var error = await OpenFails(settings);
        Assert.Equal(MySqlErrorCode.AccessDenied, error.ErrorCode);
        Assert.Equal(1045, error.Number);
        Assert.Equal("28000", error.SqlState);
        Assert.False(error.IsTransient);
        Assert.DoesNotContain("a-wrong-secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_database_is_the_servers_error()
    {
        var settings = server.Settings();
        settings.Database = "missing";
        Assert.Equal(MySqlErrorCode.UnknownDatabase, (await OpenFails(settings)).ErrorCode);
    }

    [Theory]
    [InlineData("host.invalid")]
    [InlineData("127.0.0.1")]
    public async Task A_host_that_does_not_answer_is_a_transient_error(string host)
    {
        var settings = new MySqlConnectionStringBuilder { Server = host, Port = (uint)MariaDbServer.FreePort(), UserID = "u", Password = "secret", Pooling = false };
        var error = await OpenFails(settings);
        Assert.Equal(MySqlErrorCode.UnableToConnectToHost, error.ErrorCode);
        Assert.True(error.IsTransient);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_after_the_time_out()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var error = await OpenFails(Silent(silent, timeout: 1));
        Assert.Equal(MySqlErrorCode.UnableToConnectToHost, error.ErrorCode);
        Assert.Contains("Timeout expired", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connecting_can_be_cancelled()
    {
        Assert.SkipUnless(StandIn.IsUsed, "The real package waits for its time-out once the server has accepted; the product does not wait for it.");
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var cancellation = new CancellationTokenSource();
        await using var connection = new MySqlConnection(Silent(silent, timeout: 0).ConnectionString);
        var opening = connection.OpenAsync(cancellation.Token);
        using var accepted = await silent.AcceptTcpClientAsync(Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [Theory]
    [InlineData(MySqlSslMode.None, false)]
    [InlineData(MySqlSslMode.Preferred, true)]
    [InlineData(MySqlSslMode.Required, true)]
    [InlineData(MySqlSslMode.VerifyCA, true)]
    [InlineData(MySqlSslMode.VerifyFull, true)]
    public async Task Each_mode_encrypts_as_it_says(MySqlSslMode mode, bool encrypted)
    {
        var settings = server.Settings();
        settings.SslMode = mode;
        settings.SslCa = mode >= MySqlSslMode.VerifyCA ? server.Certificates.Ca : "";
        await using var connection = new MySqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Token);
        await using var reader = await ReadingTests.Reader(connection, "SHOW SESSION STATUS LIKE 'Ssl_cipher'");
        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal(encrypted, reader.GetString(1).Length > 0);
    }

    [Theory]
    [InlineData(MySqlSslMode.VerifyCA)]
    [InlineData(MySqlSslMode.VerifyFull)]
    public async Task A_certificate_of_an_unknown_authority_is_refused(MySqlSslMode mode)
    {
        var settings = server.Settings();
        settings.SslMode = mode;
        Assert.Equal(MySqlErrorCode.UnableToConnectToHost, (await OpenFails(settings)).ErrorCode);
        settings.SslCa = server.Certificates.StrangerCa;
        Assert.Equal(MySqlErrorCode.UnableToConnectToHost, (await OpenFails(settings)).ErrorCode);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_only_where_the_host_is_verified()
    {
        var settings = server.Settings();
        settings.Server = "localhost";
        settings.SslCa = server.Certificates.Ca;
        settings.SslMode = MySqlSslMode.VerifyFull;
        Assert.Equal(MySqlErrorCode.UnableToConnectToHost, (await OpenFails(settings)).ErrorCode);
        settings.SslMode = MySqlSslMode.VerifyCA;
        await using var connection = new MySqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Token);
    }

    internal static async Task<MySqlException> OpenFails(MySqlConnectionStringBuilder settings)
    {
        await using var connection = new MySqlConnection(settings.ConnectionString);
        var error = await Assert.ThrowsAsync<MySqlException>(() => connection.OpenAsync(Token));
        Assert.Equal(ConnectionState.Closed, connection.State);
        return error;
    }

    private static MySqlConnectionStringBuilder Silent(TcpListener listener, uint timeout) => new()
    {
        Server = "127.0.0.1",
        Port = (uint)((IPEndPoint)listener.LocalEndpoint).Port,
        UserID = "u",
        ConnectionTimeout = timeout,
        Pooling = false,
    };
}
