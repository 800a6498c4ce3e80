namespace Discovery.Ingestion.Worker.Running;

/// <summary>What is left to a run when its worker is told to end.</summary>
internal sealed class GraceTime : IDisposable
{
    /// <summary>For a run that was told to end, and for handing it back. With the default of 25 s it stays below the 30 s that Kubernetes gives a pod.</summary>
    private static readonly TimeSpan HandingBack = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _giveUp;
    private readonly CancellationTokenRegistration _stopping;

    /// <summary>Begins when the worker is told to end.</summary>
    public GraceTime(TimeSpan grace, TimeProvider time, CancellationToken stopping)
    {
        _over = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stopping = stopping.Register(() =>
        {
            _over.CancelAfter(grace);
            _giveUp.CancelAfter(grace + HandingBack);
        });
    }

    /// <summary>The run may go on no longer.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Nobody waits any longer, whatever is left to tell.</summary>
    public CancellationToken GiveUp => _giveUp.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _over.Dispose();
        _giveUp.Dispose();
    }
}
