using MySqlConnector;

namespace Discovery.MySqlConnector.Tests;

public sealed class ParameterTests(MariaDbServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Texts => new(
        "plain", "it's", "\"double\" `tick`", @"back\slash\", "nul\0 newline\n tab\t", "한글 😀", "'; DROP TABLE t; -- ", "@name ?", "%_", "");

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_comes_back_as_it_was(string text)
    {
        await using var connection = await server.OpenAsync();
        Assert.Equal(text, await Echo(connection, text));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_comes_back_as_it_was_without_backslash_escapes(string text)
    {
        Assert.SkipUnless(StandIn.IsUsed, "The real package is told by the option NoBackslashEscapes; the stand-in hears it from the server.");
        await using var connection = await server.OpenAsync();
        _ = await ReadingTests.Execute(connection, "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'");
        Assert.Equal(text, await Echo(connection, text));
    }

    public static TheoryData<object?, object> Values => new()
    {
        { null, DBNull.Value },
        { DBNull.Value, DBNull.Value },
        { 1, 1 },
        { long.MinValue + 1, long.MinValue + 1 },
        { ulong.MaxValue, ulong.MaxValue },
        { true, 1 },
        { -1.25m, -1.25m },
        { new byte[] { 0, 39, 92, 255 }, new byte[] { 0, 39, 92, 255 } },
        { new DateTime(2024, 2, 29, 1, 2, 3, 456), new DateTime(2024, 2, 29, 1, 2, 3, 456) },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_comes_back_as_it_was(object? value, object expected)
    {
        await using var connection = await server.OpenAsync();
        Assert.Equal(expected, await Echo(connection, value));
    }

    [Theory]
    [InlineData("SELECT '@a', @a", 1)]
    [InlineData("SELECT \"@a ''\", @a", 1)]
    [InlineData(@"SELECT 'it\'s @a', @a", 1)]
    [InlineData("SELECT 'it''s @a', @a", 1)]
    [InlineData("SELECT 1 AS `@a`, @a", 1)]
    [InlineData("SELECT 0, @a -- @b ?", 1)]
    [InlineData("SELECT 0, @a # @b", 1)]
    [InlineData("SELECT /* @b ' */ 0, @a", 1)]
    [InlineData("SELECT @@version, @a", 1)]
    [InlineData("SELECT 0, 1--1+@a", 0)]
    [InlineData("SELECT 0,@A;", 1)]
    [InlineData("SELECT 0, ?", 1)]
    [InlineData("SELECT 0, ?a", 1)]
    public async Task Only_parameters_are_replaced(string sql, long expected)
    {
        await using var connection = await server.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue(sql.Contains("--1", StringComparison.Ordinal) ? "a" : "@a", sql.Contains("--1", StringComparison.Ordinal) ? -2 : 1);
        await using var reader = await command.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal(expected, reader.GetInt64(1));
    }

    [Fact]
    public async Task A_missing_parameter_is_an_error_before_anything_is_sent()
    {
        await using var connection = await server.OpenAsync();
        var error = await Assert.ThrowsAsync<MySqlException>(() => ReadingTests.Scalar(connection, "SELECT @missing"));
        Assert.Contains("@missing", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await ReadingTests.Scalar(connection, "SELECT 1"));
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        await using var connection = await server.OpenAsync();
        await using var command = connection.CreateCommand();
        command.Parameters.AddWithValue("@a", 1);
        Assert.ThrowsAny<ArgumentException>(() => command.Parameters.AddWithValue("A", 2));
    }

    [Fact]
    public async Task A_parameter_is_found_by_the_name_that_it_has_now()
    {
        await using var connection = await server.OpenAsync();
        await using var command = connection.CreateCommand();
        var parameters = command.Parameters;
        var first = parameters.AddWithValue("@first", 1);
        parameters.AddWithValue("@second", 2);
        Assert.Equal(1, parameters.IndexOf("SECOND"));

        first.ParameterName = "@other";
        Assert.Equal((0, -1), (parameters.IndexOf("@other"), parameters.IndexOf("@first")));

        parameters.RemoveAt(0);
        parameters.AddWithValue("@third", 3);
        Assert.Equal((0, 1, -1), (parameters.IndexOf("@second"), parameters.IndexOf("@third"), parameters.IndexOf("@other")));
    }

    private static async Task<object?> Echo(MySqlConnection connection, object? value)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT @value";
        command.Parameters.AddWithValue("@value", value);
        return await command.ExecuteScalarAsync(Token);
    }
}
