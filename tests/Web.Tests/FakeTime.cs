namespace Discovery.Web.Tests;

/// <summary>A clock that goes on when a test says so. It begins with now, because tokens are checked by the real one.</summary>
internal sealed class FakeTime : TimeProvider
{
    private long _ticks = DateTimeOffset.UtcNow.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(_ticks, TimeSpan.Zero);

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan by) => _ticks += by.Ticks;
}
