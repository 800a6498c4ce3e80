using System.Data.Common;
using System.Globalization;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// One read-only session on a server, with limits of our own. Counts its statements and the time the server is busy
/// with them.
/// </summary>
internal sealed class MySqlSession : IAsyncDisposable
{
    /// <summary>
    /// A connection that idled for longer, or for half of the server's own <c>wait_timeout</c>, is opened anew: while a sink
    /// stalls, the server or something between may have ended it.
    /// </summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);

    private readonly MySqlSourceConfig _config;
    private readonly SourceReport _report;
    private readonly TimeProvider _time;
    private readonly Confinement? _confinement;
    private readonly SecretMasker _secrets;
    private readonly HostPort _address;
    private DbConnection? _connection;
    private TimeSpan _idleLimit = IdleLimit;
    private long _lastUsed;

    private MySqlSession(MySqlSourceConfig config, RunContext context)
    {
        var target = config.GetTarget();
        (_config, _report, _time, _confinement, _secrets, _address) = (config, context.SourceReport, context.Time, context.Confinement, context.Secrets, target.Address);
        // An address may hold it in an encoded form, which is not the one that a server's message would show.
        if (target.Password is { } password)
        {
            context.Secrets.Add("password", password.Reveal());
        }
    }

    /// <summary>What the server can do.</summary>
    public ServerFeatures Features { get; private set; } = ServerFeatures.Parse("");

    private DbConnection Connection => _connection ?? throw new InvalidOperationException("The session is not open.");

    /// <summary>Connects and sets the session up.</summary>
    /// <exception cref="SourceException">The server cannot be reached or refuses the account.</exception>
    public static async Task<MySqlSession> OpenAsync(MySqlSourceConfig config, RunContext context, CancellationToken cancellationToken)
    {
        var session = new MySqlSession(config, context);
        try
        {
            await session.ConnectAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads all rows of a small result.</summary>
    /// <param name="name">What the statement reads, for traces.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task<List<string?[]>> QueryAsync(string name, string sql, CancellationToken cancellationToken)
    {
        var rows = new List<string?[]>();
        await ExecuteAsync(name, sql, [], async reader =>
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
            }
            return rows.Count;
        }, cancellationToken);
        return rows;
    }

    /// <summary>Reads all rows of a statement on a batch of schemas into a spool, as fast as the server sends them.</summary>
    /// <param name="name">What the statement reads, for traces.</param>
    /// <param name="sql">One statement of <see cref="InformationSchema"/>.</param>
    /// <param name="schemas">Values of its parameters.</param>
    /// <param name="spool">Gets the rows and is completed.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <param name="each">Called with each row as well.</param>
    public async Task SpoolAsync(
        string name, string sql, IReadOnlyList<string> schemas, RowSpool spool, CancellationToken cancellationToken, Action<DbDataReader>? each = null)
    {
        await FreshenAsync(cancellationToken);
        await ExecuteAsync(name, sql, schemas, async reader =>
        {
            var (cells, rows) = (reader.FieldCount, 0L);
            while (await reader.ReadAsync(cancellationToken))
            {
                for (var i = 0; i < cells; i++)
                {
                    spool.Write(reader.IsDBNull(i) ? null : reader.GetString(i));
                }
                spool.EndRow();
                each?.Invoke(reader);
                rows++;
            }
            spool.Complete();
            return rows;
        }, cancellationToken);
    }

    /// <summary>
    /// The statement that would make a view again, as the server prints it with the view's own schema as default:
    /// <c>CREATE ALGORITHM=.. VIEW `v` AS select ..</c>. Null when this account may not read it or the view is broken.
    /// </summary>
    public async Task<string?> ViewTextAsync(string schema, string view, CancellationToken cancellationToken)
    {
        await FreshenAsync(cancellationToken);
        try
        {
            if (Connection.Database != schema)
            {
                await OnServerAsync("default database", async () =>
                {
                    await Connection.ChangeDatabaseAsync(schema, cancellationToken);
                    return 0;
                });
            }
            var rows = await QueryAsync("view text", $"SHOW CREATE TABLE {Quote(schema)}.{Quote(view)}", cancellationToken);
            return rows is [[_, { } text, ..]] ? text : null;
        }
        catch (SourceException exception) when (exception.InnerException is DbException inner && MySqlServer.IsAboutOneObject(inner))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync();
        _connection = await MySqlServer.OpenAsync(_config, _confinement, cancellationToken);
        await SetUpAsync(cancellationToken);
    }

    private Task FreshenAsync(CancellationToken cancellationToken) =>
        _time.GetElapsedTime(_lastUsed) > _idleLimit ? ConnectAsync(cancellationToken) : Task.CompletedTask;

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        // The handshake's version may be that of a proxy.
        var server = (await QueryAsync("version", "SELECT VERSION(), CONCAT(@@wait_timeout)", cancellationToken))[0];
        Features = ServerFeatures.Parse(server[0]!);
        var waitTimeout = TimeSpan.FromSeconds(long.Parse(server[1]!, CultureInfo.InvariantCulture));
        _idleLimit = waitTimeout / 2 < IdleLimit ? waitTimeout / 2 : IdleLimit;
        string?[] limits =
        [
            "sql_mode = ''",
            "sql_quote_show_create = 1",
            string.Create(CultureInfo.InvariantCulture, $"lock_wait_timeout = {_config.LockWaitTimeoutSec}"),
            string.Create(CultureInfo.InvariantCulture, $"net_write_timeout = {_config.NetWriteTimeoutSec}"),
            Features.StatementTimeLimit((int)(_config.StatementTimeoutSec * 1000)),
            Features.LongListsStayLists,
        ];
        await QueryAsync("set limits", $"SET SESSION {string.Join(", ", limits.OfType<string>())}", cancellationToken);
        await QueryAsync("set read only", "SET SESSION TRANSACTION READ ONLY", cancellationToken);
        var cipher = await QueryAsync("cipher", "SHOW SESSION STATUS LIKE 'Ssl_cipher'", cancellationToken);
        var target = _config.GetTarget();
        var encrypted = cipher is [[_, { Length: > 0 }, ..]];
        _report.Connected(new ConnectionReport(target.Address.ToString(), Features.VersionText, encrypted, encrypted && MySqlServer.Verifies(target)));
    }

    private Task ExecuteAsync(string name, string sql, IReadOnlyList<string> schemas, Func<DbDataReader, Task<long>> read, CancellationToken cancellationToken) => OnServerAsync(name, async () =>
    {
        _report.StatementSent();
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < schemas.Count; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (InformationSchema.Parameter(i), schemas[i]);
            command.Parameters.Add(parameter);
        }
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await read(reader);
    });

    /// <summary>Does something on the server, takes the time, and tells its faults as the source's.</summary>
    /// <param name="name">What it is, for traces.</param>
    /// <param name="work">Does it; answers with the number of rows.</param>
    private async Task OnServerAsync(string name, Func<Task<long>> work)
    {
        using var activity = IngestionTelemetry.Statement(Features.IsMariaDb ? "mariadb" : "mysql", _address.Host, _address.Port, name);
        var started = _time.GetTimestamp();
        try
        {
            var rows = await work();
            activity?.SetTag("db.response.returned_rows", rows);
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            var explained = MySqlServer.Explain(exception, _config);
            IngestionTelemetry.Failed(activity, _secrets.Mask(explained));
            // The driver gives a connection that is lost between two rows as an end of stream.
            throw new SourceException(explained, exception);
        }
        finally
        {
            _lastUsed = _time.GetTimestamp();
            _report.AddBusy(_time.GetElapsedTime(started, _lastUsed));
        }
    }

    /// <summary>A name as a statement takes it: <c>`shop`</c>.</summary>
    public static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
