using System.Security.Cryptography;
using System.Text;

namespace Discovery.Web.Access.Oidc;

/// <summary>A log-in that was begun here and goes on at the issuer.</summary>
/// <param name="Nonce">What the id token must have.</param>
/// <param name="Verifier">What proves to the issuer that the code comes back from here (PKCE).</param>
/// <param name="RedirectUri">Where the issuer leads back to.</param>
/// <param name="Back">Path to go to in the end.</param>
internal sealed record PendingLogin(string Nonce, string Verifier, string RedirectUri, string Back);

/// <summary>Log-ins that go on at the issuer, by their state. Each can be ended once, within ten minutes, by the browser that began it.</summary>
internal sealed class PendingLogins(TimeProvider time)
{
    /// <summary>Anybody can begin one: more than these push out the oldest.</summary>
    public const int Most = 10_000;

    /// <summary>How long somebody may take.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<(string State, DateTimeOffset Expires)> _order = new();

    /// <summary>Begins one.</summary>
    /// <returns>What the issuer gives back, and what the browser keeps.</returns>
    public (string State, string Browser) Begin(PendingLogin login)
    {
        var state = RandomText.Create();
        var browser = RandomText.Create();
        var now = time.GetUtcNow();
        lock (_lock)
        {
            while (_order.TryPeek(out var oldest) && (oldest.Expires <= now || _order.Count >= Most))
            {
                _entries.Remove(_order.Dequeue().State);
            }
            _order.Enqueue((state, now + Life));
            _entries[state] = new Entry(login, RandomText.Hash(browser), now + Life);
        }
        return (state, browser);
    }

    /// <returns>Null where there is none, or where it is another browser's, which it stays.</returns>
    public PendingLogin? End(string state, string browser)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(state, out var entry)
                || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(entry.BrowserHash), Encoding.ASCII.GetBytes(RandomText.Hash(browser))))
            {
                return null;
            }
            _entries.Remove(state);
            return entry.Expires > time.GetUtcNow() ? entry.Login : null;
        }
    }

    private sealed record Entry(PendingLogin Login, string BrowserHash, DateTimeOffset Expires);
}
