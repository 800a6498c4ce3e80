namespace Discovery.Web.Access.Login;

/// <summary>Who is logged in. The browser has a random id, of which only the hash is kept here: in memory, so that a restart ends all sessions.</summary>
internal sealed class Sessions(TimeProvider time, TimeSpan life)
{
    /// <summary>More than these push out the oldest.</summary>
    public const int Most = 10_000;

    /// <summary>A session that was not used for so long has ended.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Session Session, DateTimeOffset Used)> _sessions = new(StringComparer.Ordinal);

    /// <summary>Begins a session.</summary>
    /// <param name="verdict">The token of who logged in, which the session does not outlive.</param>
    /// <param name="idToken">The issuer's token where the log-in was there.</param>
    /// <returns>What the browser gets, and until when.</returns>
    public (string Id, DateTimeOffset Expires) Begin(TokenVerdict verdict, string? idToken)
    {
        var now = time.GetUtcNow();
        var end = verdict.Expires < now + life ? verdict.Expires : now + life;
        var id = RandomText.Create();
        lock (_lock)
        {
            if (_sessions.Count >= Most)
            {
                MakeRoom(now);
            }
            _sessions[RandomText.Hash(id)] = (new Session(verdict.Caller!, now, end) { StaticHash = verdict.StaticHash, IdToken = idToken }, now);
        }
        return (id, end);
    }

    /// <param name="id">What the browser has.</param>
    /// <param name="isIdle">Whether it is only looked at, which does not count as a request.</param>
    /// <returns>Null where there is none, or not any more.</returns>
    public Session? Use(string id, bool isIdle = false)
    {
        var hash = RandomText.Hash(id);
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_sessions.TryGetValue(hash, out var found))
            {
                return null;
            }
            if (HasEnded(found, now))
            {
                _sessions.Remove(hash);
                return null;
            }
            _sessions[hash] = (found.Session, isIdle ? found.Used : now);
            return found.Session;
        }
    }

    /// <summary>Ends a session.</summary>
    /// <returns>What it was; null where there was none.</returns>
    public Session? End(string id)
    {
        lock (_lock)
        {
            return _sessions.Remove(RandomText.Hash(id), out var found) ? found.Session : null;
        }
    }

    private static bool HasEnded((Session Session, DateTimeOffset Used) found, DateTimeOffset now) => now >= found.Session.Expires || now - found.Used >= Idle;

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (hash, _) in _sessions.Where(entry => HasEnded(entry.Value, now)).ToList())
        {
            _sessions.Remove(hash);
        }
        if (_sessions.Count >= Most)
        {
            _sessions.Remove(_sessions.MinBy(entry => entry.Value.Session.Begun).Key);
        }
    }
}
