using System.Data;
using System.Data.Common;
using MySqlConnector;

namespace Discovery.MySqlConnector.Tests;

public sealed class ReadingTests(MariaDbServer server)
{
    private const string OneToMillion = "SELECT seq, CONCAT('row ', seq), IF(seq % 2, NULL, '한글 ✓') FROM seq_1_to_1000000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_million_rows_arrive_in_order_with_their_nulls()
    {
        await using var connection = await server.OpenAsync();
        await connection.ChangeDatabaseAsync("mysql", Token);
        await using var command = connection.CreateCommand();
        command.CommandText = OneToMillion;
        await using var reader = await command.ExecuteReaderAsync(Token);
        var expected = 0L;
        while (await reader.ReadAsync(Token))
        {
            expected++;
            if (reader.GetInt64(0) != expected || reader.IsDBNull(2) != (expected % 2 == 1) || (expected % 100_000 == 0 && reader.GetString(1) != $"row {expected}"))
            {
                Assert.Fail($"Row {expected} reads {reader.GetInt64(0)}, {reader.GetString(1)}, {reader.GetValue(2)}");
            }
        }

        Assert.Equal(1_000_000, expected);
        Assert.False(await reader.ReadAsync(Token));
    }

    [Fact]
    public async Task Rows_that_are_at_hand_are_read_without_waiting()
    {
        await using var connection = await server.OpenAsync();
        await using var reader = await Reader(connection, "SELECT 1 UNION ALL SELECT 2");
        Assert.True(await reader.ReadAsync(Token));
        var second = reader.ReadAsync(Token);
        Assert.True(second.IsCompletedSuccessfully);
        Assert.True(await second);
    }

    public static TheoryData<string, object> Values => new()
    {
        { "18446744073709551615", ulong.MaxValue },
        { "-9223372036854775807", -long.MaxValue },
        { "1", 1 },
        { "1.50", 1.50m },
        { "SUM(1)", 1m },
        { "1.5e0", 1.5d },
        { "'a'", "a" },
        { "'😀 한글'", "😀 한글" },
        { "''", "" },
        { "NULL", DBNull.Value },
        { "X'00FF'", new byte[] { 0, 255 } },
        { "CAST('2024-02-29 23:59:58.125' AS DATETIME(3))", new DateTime(2024, 2, 29, 23, 59, 58, 125) },
        { "CAST('2024-02-29' AS DATE)", new DateTime(2024, 2, 29) },
        { "CAST('-01:02:03' AS TIME)", -new TimeSpan(1, 2, 3) },
        { "b'101'", new byte[] { 5 } },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_has_the_type_of_its_column(string sql, object expected)
    {
        await using var connection = await server.OpenAsync();
        Assert.Equal(expected, await Scalar(connection, "SELECT " + sql));
    }

    [Fact]
    public async Task Columns_of_tables_have_the_types_of_the_real_package()
    {
        await using var connection = await server.OpenAsync();
        _ = await Execute(connection, "CREATE OR REPLACE DATABASE types");
        await connection.ChangeDatabaseAsync("types", Token);
        Assert.Equal("types", connection.Database);
        _ = await Execute(connection, """
            CREATE TABLE t (a TINYINT(1), b TINYINT, c TINYINT UNSIGNED, d SMALLINT, e MEDIUMINT UNSIGNED, f FLOAT, g YEAR, h BIT(9),
                i ENUM('x'), j SET('y'), k CHAR(36), l CHAR(35), m VARBINARY(9), n JSON, o BIGINT UNSIGNED, p LONGTEXT, q TIMESTAMP NULL)
            """);
        Assert.Equal(1, await Execute(connection, """
            INSERT t VALUES (1, -1, 255, -2, 3, 1.5, 2024, b'100000001', 'x', 'y', 'd7b9a0a0-0000-0000-0000-000000000001', 'c', 'b', '{}',
                18446744073709551615, 'long', '2024-01-01')
            """));
        await using var reader = await Reader(connection, "SELECT * FROM t");
        Assert.True(await reader.ReadAsync(Token));
        var row = new object[reader.FieldCount];
        Assert.Equal(17, reader.GetValues(row));
        Assert.Equal(
            [
                true, (sbyte)-1, (byte)255, (short)-2, 3u, 1.5f, 2024, 257ul, "x", "y", Guid.Parse("d7b9a0a0-0000-0000-0000-000000000001"), "c",
                "b"u8.ToArray(), "{}", ulong.MaxValue, "long", new DateTime(2024, 1, 1),
            ],
            row);
        Assert.Equal(row.Select(v => v.GetType()), Enumerable.Range(0, 17).Select(reader.GetFieldType));
        Assert.Equal(ulong.MaxValue, reader.GetUInt64(14));
        Assert.Throws<OverflowException>(() => reader.GetInt64(14));
    }

    [Fact]
    public async Task Numbers_are_not_text_and_null_is_not_a_value()
    {
        await using var connection = await server.OpenAsync();
        await using var reader = await Reader(connection, "SELECT 1 AS one, NULL AS nothing, CAST('a' AS CHAR) AS text");
        Assert.True(await reader.ReadAsync(Token));
        Assert.Throws<InvalidCastException>(() => reader.GetString(0));
        Assert.Throws<InvalidCastException>(() => reader.GetString(1));
        Assert.Throws<InvalidCastException>(() => reader.GetInt32(2));
        Assert.Equal(1L, reader.GetFieldValue<long>(0));
        Assert.Equal("a", reader.GetFieldValue<string>(2));
        Assert.Equal("nothing", reader.GetName(1));
        Assert.Equal(2, reader.GetOrdinal("TEXT"));
        Assert.Throws<IndexOutOfRangeException>(() => reader.GetOrdinal("other"));
    }

    [Fact]
    public async Task A_cell_may_be_larger_than_a_batch()
    {
        await using var connection = await server.OpenAsync();
        await using var reader = await Reader(connection, "SELECT REPEAT('가', 3000000), 1 UNION ALL SELECT 'b', 2");
        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal(new string('가', 3_000_000), reader.GetString(0));
        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal("b", reader.GetString(0));
    }

    [Fact]
    public async Task A_reader_closed_early_leaves_the_connection_usable()
    {
        await using var connection = await server.OpenAsync();
        await connection.ChangeDatabaseAsync("mysql", Token);
        await using (var reader = await Reader(connection, OneToMillion))
        {
            Assert.True(await reader.ReadAsync(Token));
            await Assert.ThrowsAsync<InvalidOperationException>(() => Scalar(connection, "SELECT 1"));
        }

        Assert.Equal(1, await Scalar(connection, "SELECT 1"));
    }

    [Fact]
    public async Task A_connection_closes_the_reader_that_is_open()
    {
        await using var connection = await server.OpenAsync();
        await using var reader = await Reader(connection, "SELECT 1");
        await connection.CloseAsync();
        Assert.True(reader.IsClosed);
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => reader.ReadAsync(Token));
    }

    [Fact]
    public async Task Other_code_sees_only_the_base_classes()
    {
        await using DbConnection connection = await server.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT @value";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("value", "x");
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, Token);
        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal("x", reader.GetString(0));
    }

    internal static async Task<MySqlDataReader> Reader(MySqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteReaderAsync(Token);
    }

    internal static async Task<object?> Scalar(MySqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Token);
    }

    internal static async Task<int> Execute(MySqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(Token);
    }
}
