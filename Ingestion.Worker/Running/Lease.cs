namespace Discovery.Ingestion.Worker.Running;

/// <summary>
/// How long this worker may still write without another word of the API. It is over a little earlier than the API thinks, and counts from before
/// the last good beat was sent, on a clock that nobody can set. Thread-safe.
/// </summary>
internal sealed class Lease : IDisposable
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Action _over;
    private readonly ITimer _timer;
    private long _renewed;

    /// <summary>Begins now.</summary>
    /// <param name="length">The API's time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="over">Called when it is over.</param>
    public Lease(TimeSpan length, TimeProvider time, Action over)
    {
        Length = length - TimeSpan.FromTicks(Math.Min(length.Ticks / 10, LongestMargin.Ticks));
        (_time, _over, _renewed) = (time, over, time.GetTimestamp());
        _timer = time.CreateTimer(static state => ((Lease)state!).OnTimer(), this, Length, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long it lasts after each beat.</summary>
    public TimeSpan Length { get; }

    /// <summary>Whether it is over; also where the process stood still and no timer fired.</summary>
    public bool IsOver => Left() <= TimeSpan.Zero;

    /// <summary>A beat was answered well.</summary>
    /// <param name="sent">Timestamp of the clock before it was sent.</param>
    public void Renew(long sent)
    {
        lock (_lock)
        {
            _renewed = Math.Max(sent, _renewed);
        }
        OnTimer();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        if (Left() is { Ticks: > 0 } left)
        {
            _timer.Change(left, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _over();
        }
    }

    private TimeSpan Left()
    {
        lock (_lock)
        {
            return Length - _time.GetElapsedTime(_renewed);
        }
    }
}
