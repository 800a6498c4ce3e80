namespace Discovery.Ingestion.Tests.Sinks.DataHubRest;

/// <summary>
/// A clock that a test moves. With <see cref="SkipsPauses"/>, a timer of up to ten minutes is due at once and the clock
/// jumps ahead by it; longer ones (the time-outs of these tests) never are.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Found)> _awaited = [];
    private readonly List<TimeSpan> _pauses = [];
    private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public bool SkipsPauses { get; init; }

    /// <summary>The pauses that were skipped.</summary>
    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_lock)
            {
                return [.. _pauses];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Ends when a timer is set that is due after exactly this time.</summary>
    public Task TimerSetAsync(TimeSpan due)
    {
        lock (_lock)
        {
            if (_timers.Exists(timer => timer.DueAt == _now + due))
            {
                return Task.CompletedTask;
            }
            var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((due, found));
            return found.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Moves the clock and fires what is due.</summary>
    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.DueAt <= _now)];
            foreach (var timer in due)
            {
                timer.Rearm(_now);
            }
        }
        due.ForEach(timer => timer.Fire());
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset DueAt { get; private set; }

        public void Fire() => callback(state);

        public void Rearm(DateTimeOffset now)
        {
            DueAt = now + _period;
            if (_period <= TimeSpan.Zero)
            {
                time._timers.Remove(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime < TimeSpan.Zero)
                {
                    return true;
                }
                if (time.SkipsPauses && dueTime <= TimeSpan.FromMinutes(10))
                {
                    time._now += dueTime;
                    time._pauses.Add(dueTime);
                    ThreadPool.QueueUserWorkItem(_ => Fire());
                    return true;
                }
                _period = period;
                DueAt = time._now + dueTime;
                time._timers.Add(this);
                foreach (var awaited in time._awaited.Where(awaited => awaited.Due == dueTime).ToList())
                {
                    time._awaited.Remove(awaited);
                    awaited.Found.SetResult();
                }
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
