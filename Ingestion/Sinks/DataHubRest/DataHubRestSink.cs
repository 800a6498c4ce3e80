using System.Diagnostics.CodeAnalysis;
using Discovery.Ingestion.Pipeline;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>Sink of type <c>datahub-rest</c>: writes to a DataHub server over HTTP.</summary>
/// <remarks>
/// A work unit goes into the lane that its urn hashes to; a lane fills batches and sends them one after the other.
/// What waits is bounded; <see cref="WriteAsync"/> waits when the bound is reached.
/// </remarks>
internal sealed class DataHubRestSink : ISink
{
    private const long MaxPendingBytes = 64 * 1024 * 1024;
    private const string NotAcknowledged = "not acknowledged by the server before sending stopped";

    private readonly DataHubRestConfig _config;
    private readonly RunContext _context;
    private readonly ILogger _logger;
    private readonly DataHubRestClient _client;
    private readonly PendingBudget _budget;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lane[] _lanes;
    private readonly Task _sending;
    private readonly ITimer? _linger;
    private SinkException? _fault;
    private bool _disposed;

    /// <summary>Makes the sink; connects to nothing yet.</summary>
    public DataHubRestSink(DataHubRestConfig config, RunContext context)
        : this(config, context, Jitter)
    {
    }

    internal DataHubRestSink(DataHubRestConfig config, RunContext context, Func<double> jitter)
    {
        _config = config;
        _context = context;
        _logger = context.Loggers.CreateLogger<DataHubRestSink>();
        _client = new DataHubRestClient(config, context, jitter);
        _budget = new PendingBudget(config.MaxPendingRequests, MaxPendingBytes);
        context.SinkReport.Destination = config.Address;
        if (config.DisableSslVerification)
        {
            context.SinkReport.Warning("Server not verified", "disable_ssl_verification is on: anyone between here and the server can read the token and change what is written. Name the authority's file in ca_certificate_path instead.", config.Address);
        }
        var batches = config.Mode == RestSinkMode.AsyncBatch;
        _lanes = [.. Enumerable.Range(0, config.Mode == RestSinkMode.Sync ? 1 : config.MaxThreads)
            .Select(_ => new Lane(new LaneBatch(config, _client, context).SendAsync, batches ? config.MaxPerBatch : 1, LaneBatch.MaxRequestBytes))];
        _sending = Task.WhenAll(_lanes.Select(lane => lane.RunAsync(OnFault, _stop.Token)));
        if (batches)
        {
            var interval = TimeSpan.FromSeconds(config.MinProcessIntervalSeconds);
            _linger = context.Time.CreateTimer(_ => SealAll(), null, interval, interval);
        }
    }

    /// <summary>The spread of pauses between retries; it protects nothing.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Spreads retries over time.")]
    internal static double Jitter() => Random.Shared.NextDouble();

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var version = await _client.HandshakeAsync(cancellationToken);
        _context.SinkReport.Info("Connected to DataHub", $"version {RestAnswer.Clean(version, _context.Secrets)}", _config.Address);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(WorkUnit unit, CancellationToken cancellationToken)
    {
        var pending = new PendingUnit(unit, _context.SinkReport, _budget);
        while (!_budget.TryTake(pending.Records, pending.Bytes, out var released))
        {
            if (_budget.Records == _lanes.Sum(lane => lane.OpenRecords))
            {
                // All that waits is in batches that are not full; nothing is on its way whose end would make room.
                SealAll();
            }
            try
            {
                await released.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                _context.SinkReport.Rejected(unit, NotAcknowledged);
                throw;
            }
        }
        var lane = _lanes[(uint)string.GetHashCode(unit.Records[0].Urn, StringComparison.Ordinal) % (uint)_lanes.Length];
        if (!lane.TryAdd(pending))
        {
            pending.Abandon(NotAcknowledged);
            throw Stopped();
        }
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(bool succeeded, CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes)
        {
            lane.Close();
        }
        try
        {
            await _sending.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await StopAsync();
            throw;
        }
        if (_fault is not null)
        {
            throw Stopped();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        await StopAsync();
        if (_linger is not null)
        {
            await _linger.DisposeAsync();
        }
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _sending;
    }

    private void SealAll()
    {
        foreach (var lane in _lanes)
        {
            lane.Seal();
        }
    }

    private string OnFault(Exception exception)
    {
        if (exception is OperationCanceledException && _stop.IsCancellationRequested)
        {
            return NotAcknowledged;
        }
        var fault = exception as SinkException
            ?? new SinkException($"Sending to {_config.Address} failed in a way that is not foreseen: {RestAnswer.Clean(exception.Message, _context.Secrets)}", exception);
        if (Interlocked.CompareExchange(ref _fault, fault, null) is null)
        {
            DataHubRestLog.Stopped(_logger, fault.Message);
        }
        _stop.Cancel();
        return NotAcknowledged;
    }

    private SinkException Stopped() => _fault is { } fault
        ? new SinkException(fault.Message, fault)
        : new SinkException($"The sink for {_config.Address} was already closed.");
}
