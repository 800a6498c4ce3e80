using MySqlConnector;

namespace Discovery.MySqlConnector.Tests;

public sealed class InterruptionTests(MariaDbServer server)
{
    private const string Endless = "SELECT a.seq FROM mysql.seq_1_to_1000000 a, mysql.seq_1_to_1000000 b";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_that_waits_can_be_cancelled_and_the_connection_goes_on()
    {
        await using var connection = await server.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT SLEEP(600)";
        using var cancellation = new CancellationTokenSource();
        var running = command.ExecuteScalarAsync(cancellation.Token);
        await WaitForStatement(connection.ServerThread);
        await cancellation.CancelAsync();
        // MariaDB lets a killed SLEEP end with 1 at times.
        try
        {
            Assert.Equal(1, await running);
        }
        catch (OperationCanceledException e)
        {
            Assert.Equal(cancellation.Token, e.CancellationToken);
        }

        Assert.Equal(2, await ReadingTests.Scalar(connection, "SELECT 2"));
    }

    [Fact]
    public async Task Reading_can_be_cancelled_and_the_connection_goes_on()
    {
        await using var connection = await server.OpenAsync();
        await using (var reader = await ReadingTests.Reader(connection, Endless))
        {
            using var cancellation = new CancellationTokenSource();
            Assert.True(await reader.ReadAsync(cancellation.Token));
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await reader.ReadAsync(cancellation.Token))
                {
                }
            });
        }

        Assert.Equal(2, await ReadingTests.Scalar(connection, "SELECT 2"));
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_ends_with_the_time_out()
    {
        await using var connection = await server.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM mysql.seq_1_to_1000000 a, mysql.seq_1_to_1000000 b";
        command.CommandTimeout = 1;
        var error = await Assert.ThrowsAsync<MySqlException>(() => command.ExecuteScalarAsync(Token));
        Assert.Equal(MySqlErrorCode.CommandTimeoutExpired, error.ErrorCode);
        Assert.Equal(-1, error.Number);
        Assert.Equal(2, await ReadingTests.Scalar(connection, "SELECT 2"));
    }

    [Fact]
    public async Task A_command_can_be_cancelled_from_another_thread()
    {
        await using var connection = await server.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM mysql.seq_1_to_1000000 a, mysql.seq_1_to_1000000 b";
        var running = command.ExecuteScalarAsync(Token);
        await WaitForStatement(connection.ServerThread);
        await Task.Run(command.Cancel, Token);
        var error = await Assert.ThrowsAsync<MySqlException>(() => running);
        Assert.Equal(MySqlErrorCode.QueryInterrupted, error.ErrorCode);
        Assert.Equal("70100", error.SqlState);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_sends_nothing()
    {
        await using var connection = await server.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(new CancellationToken(true)));
        Assert.Equal(1, await ReadingTests.Scalar(connection, "SELECT 1"));
    }

    [Fact]
    public async Task An_error_of_the_server_has_its_number_and_state()
    {
        await using var connection = await server.OpenAsync();
        var error = await Assert.ThrowsAsync<MySqlException>(() => ReadingTests.Scalar(connection, "SELECT * FROM mysql.missing"));
        Assert.Equal(MySqlErrorCode.NoSuchTable, error.ErrorCode);
        Assert.Equal("42S02", error.SqlState);
        Assert.Equal(2, await ReadingTests.Scalar(connection, "SELECT 2"));
    }

    [Fact]
    public async Task An_error_after_the_first_rows_ends_the_reading()
    {
        await using var connection = await server.OpenAsync();
        await using var reader = await ReadingTests.Reader(
            connection, "SELECT IF(seq < 100000, seq, (SELECT 1 UNION SELECT 2)) FROM mysql.seq_1_to_200000");
        var error = await Assert.ThrowsAsync<MySqlException>(async () =>
        {
            while (await reader.ReadAsync(Token))
            {
            }
        });
        Assert.Equal(1242, error.Number);
    }

    private async Task WaitForStatement(int thread)
    {
        await using var watcher = await server.OpenAsync();
        while (!Equals(await ReadingTests.Scalar(watcher, $"SELECT COMMAND FROM information_schema.PROCESSLIST WHERE ID = {thread}"), "Query"))
        {
            Token.ThrowIfCancellationRequested();
        }
    }
}
