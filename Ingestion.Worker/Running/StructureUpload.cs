using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.State;
using Discovery.Ingestion.Worker.Api;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>
/// Sends the structures of the datasets of a run to the API, while the run goes on. What waits is bounded, so that an API that is slow slows the run.
/// A fault costs the comparison with earlier runs, and not the run.
/// </summary>
internal sealed class StructureUpload
{
    private const int BatchDatasets = 200;
    private const int BatchColumns = 10_000;
    private const int WaitingBatches = 4;

    private readonly Channel<IReadOnlyList<DatasetStructure>> _waiting = Channel.CreateBounded<IReadOnlyList<DatasetStructure>>(WaitingBatches);

    // Files may give one dataset several times. Eight bytes of a hash each, for there may be millions.
    private readonly HashSet<ulong> _datasets = [];
    private readonly WorkerClient _client;
    private readonly string _runId;
    private readonly string _lease;
    private readonly RunLog _log;
    private readonly Task _sending;
    private List<DatasetStructure> _batch = [];
    private int _columns;

    /// <summary>Begins to send what comes.</summary>
    public StructureUpload(WorkerClient client, string runId, string lease, RunLog log, CancellationToken stop)
    {
        (_client, _runId, _lease, _log) = (client, runId, lease, log);
        _sending = SendAsync(stop);
    }

    /// <summary>Takes the structure of a dataset, where the work unit is one.</summary>
    public async ValueTask AddAsync(WorkUnit unit, CancellationToken cancellationToken)
    {
        if (StructureReader.Read(unit) is not { } structure)
        {
            return;
        }
        _datasets.Add(Hash(structure.Urn));
        _batch.Add(structure);
        _columns += structure.Columns.Count;
        if (_batch.Count >= BatchDatasets || _columns >= BatchColumns)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Sends what is left, unless the run is told to end meanwhile.</summary>
    /// <returns>How many different datasets there were.</returns>
    public async Task<int> CompleteAsync(CancellationToken stop)
    {
        try
        {
            await FlushAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Then they are too few, and the API sees it.
        }
        _waiting.Writer.TryComplete();
        await _sending;
        return _datasets.Count;
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count > 0)
        {
            await _waiting.Writer.WriteAsync(_batch, cancellationToken);
            (_batch, _columns) = ([], 0);
        }
    }

    private async Task SendAsync(CancellationToken stop)
    {
        var works = true;
        // To the end in any case: who adds waits for room.
        await foreach (var batch in _waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (!works)
            {
                continue;
            }
            try
            {
                await _client.SendAsync(_runId, new StructureBatch(_lease, batch), stop);
            }
            catch (Exception e) when (e is ApiException or LeaseLostException)
            {
                works = false;
                _log.Add(LogLineLevel.Warning, $"The run cannot be compared with earlier ones, its structures were not taken: {e.Message}");
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                works = false;
            }
        }
    }

    private static ulong Hash(string urn) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(urn)));
}
