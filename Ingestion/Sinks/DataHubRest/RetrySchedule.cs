namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>
/// How often, and after how long, one request is sent again: 2, 4, 8, ... seconds, at most 2 minutes. An answer 429
/// counts half, as in DataHub's own client.
/// </summary>
/// <param name="maxTimes">Value of <c>retry_max_times</c>.</param>
/// <param name="jitter">Gives a number from 0 to 1 that shortens a pause by up to a quarter, so that lanes do not return all at once.</param>
internal sealed class RetrySchedule(int maxTimes, Func<double> jitter)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private int _halvesLeft = maxTimes * 2;
    private int _retries;

    /// <summary>Whether the request may be sent again, and after how long.</summary>
    /// <param name="rateLimited">Whether the server answered 429.</param>
    /// <param name="pause">The time to wait before.</param>
    public bool TryNext(bool rateLimited, out TimeSpan pause)
    {
        _halvesLeft -= rateLimited ? 1 : 2;
        _retries++;
        var seconds = Math.Min(Math.Pow(2, _retries), Longest.TotalSeconds);
        pause = TimeSpan.FromSeconds(seconds * (1 - (0.25 * jitter())));
        return _halvesLeft >= 0;
    }
}
