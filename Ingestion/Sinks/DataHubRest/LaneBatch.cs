using System.Text.Json;
using Discovery.Ingestion.Pipeline;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>
/// Sends some work units in their order: writes their records into one buffer, then sends slices of it, each within
/// the limits of one request. A slice that is refused is halved until the bad record is alone. One thread at a time.
/// </summary>
internal sealed class LaneBatch(DataHubRestConfig config, DataHubRestClient client, RunContext context)
{
    /// <summary>Most bytes of one request, as the server takes them by default; a single larger record is sent nevertheless.</summary>
    public const int MaxRequestBytes = 15 * 1024 * 1024;

    private const int InitialBuffer = 16 * 1024;
    private const int LargestBufferKept = 2 * MaxRequestBytes;

    private readonly ILogger _logger = context.Loggers.CreateLogger<LaneBatch>();
    private readonly Routes _routes = new(config);
    private readonly RecordWriter _writer = new(context.Time);
    private readonly List<Slot> _slots = [];
    private Utf8Buffer _buffer = new(InitialBuffer);

    /// <summary>Sends work units; each is settled afterwards.</summary>
    /// <exception cref="SinkException">The server is gone or refuses us; some units are not settled.</exception>
    public async Task SendAsync(IReadOnlyList<PendingUnit> units, CancellationToken cancellationToken)
    {
        // One request of the OpenAPI endpoint takes one entity type; the sort is stable, so the order per urn stays.
        foreach (var unit in _routes.OpenApi ? units.OrderBy(unit => unit.Unit.EntityType, StringComparer.Ordinal) : units.AsEnumerable())
        {
            Add(unit);
        }
        for (var from = 0; from < _slots.Count;)
        {
            var to = EndOfRequest(from);
            await SendSliceAsync(from, to, retryServerErrors: true, cancellationToken);
            from = to;
        }
        _slots.Clear();
        if (_buffer.Capacity > LargestBufferKept)
        {
            _buffer = new Utf8Buffer(InitialBuffer);
        }
        _buffer.Length = 0;
    }

    private void Add(PendingUnit unit)
    {
        foreach (var record in unit.Unit.Records)
        {
            try
            {
                if (record is not MetadataChangeEvent snapshot)
                {
                    Add(unit, (MetadataChangeProposal)record);
                }
                else if (_routes.SplitsSnapshots)
                {
                    foreach (var proposal in snapshot.ToProposals().ToList())
                    {
                        Add(unit, proposal);
                    }
                }
                else
                {
                    Add(unit, Routes.Snapshot, snapshot.SnapshotType, output => _writer.WriteSnapshot(snapshot, output));
                }
            }
            // The last is the JSON reader's answer to half a surrogate pair in a name.
            catch (Exception e) when (e is JsonException or MetadataFormatException or InvalidOperationException)
            {
                Refuse(unit, $"not sent: {e.Message}");
            }
        }
        unit.Closed();
    }

    private void Add(PendingUnit unit, MetadataChangeProposal proposal)
    {
        if (proposal.ChangeType == "DELETE" && (_routes.OpenApi || !_routes.SplitsSnapshots))
        {
            Refuse(unit, "a proposal with changeType DELETE is sent only with mode ASYNC_BATCH and endpoint RESTLI");
            return;
        }
        Add(unit, _routes.For(proposal), proposal.AspectName, output =>
        {
            if (_routes.OpenApi)
            {
                _writer.WriteEntity(proposal, output);
            }
            else
            {
                _writer.WriteProposal(proposal, output);
            }
        });
    }

    private void Add(PendingUnit unit, Route route, string name, Action<Utf8Buffer> write)
    {
        var start = _buffer.Length;
        try
        {
            write(_buffer);
        }
        catch
        {
            _buffer.Length = start;
            throw;
        }
        _slots.Add(new Slot(unit, route, name, start, _buffer.Length));
        _buffer.Append(","u8);
        unit.Opened();
    }

    private int EndOfRequest(int from)
    {
        var route = _slots[from].Route;
        var to = from + 1;
        while (to < _slots.Count
            && to - from < route.MaxRecords
            && _slots[to].Route == route
            && _slots[to].End - _slots[from].Start + route.EnvelopeBytes <= MaxRequestBytes)
        {
            to++;
        }
        return to;
    }

    private async Task SendSliceAsync(int from, int to, bool retryServerErrors, CancellationToken cancellationToken)
    {
        var slice = _buffer.WrittenMemory[_slots[from].Start.._slots[to - 1].End];
        var answer = await client.SendAsync(new RestRequest(_slots[from].Route, slice, to - from, retryServerErrors), cancellationToken);
        if (!answer.Accepted && answer.MayBeOneRecord && to - from > 1)
        {
            DataHubRestLog.SendingApart(_logger, to - from, (int)answer.Status);
            var middle = from + ((to - from) / 2);
            retryServerErrors &= (int)answer.Status != 500;
            await SendSliceAsync(from, middle, retryServerErrors, cancellationToken);
            await SendSliceAsync(middle, to, retryServerErrors, cancellationToken);
            return;
        }
        foreach (var slot in _slots[from..to])
        {
            if (answer.Accepted)
            {
                slot.Unit.Closed();
            }
            else
            {
                Refuse(slot.Unit, $"{slot.Name}: the server answered {(int)answer.Status}, {answer.Message(context.Secrets)}", opened: true);
            }
        }
    }

    private void Refuse(PendingUnit unit, string reason, bool opened = false)
    {
        DataHubRestLog.Refused(_logger, unit.Unit.Records[0].Urn, reason);
        if (!opened)
        {
            unit.Opened();
        }
        unit.Closed(reason);
    }

    private readonly record struct Slot(PendingUnit Unit, Route Route, string Name, int Start, int End);
}
