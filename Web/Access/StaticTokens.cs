using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Discovery.Web.Access;

/// <summary>Tokens of programs, of which a file keeps the hashes. A change of the file holds from the next request on.</summary>
public sealed class StaticTokens
{
    /// <summary>What these tokens begin with, so that they are known where they leak.</summary>
    internal const string Prefix = "dsc_";

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger<StaticTokens> _logger;
    private readonly Lock _lock = new();
    private FrozenDictionary<string, StaticToken> _tokens;
    private StaticTokenFile.Stamp? _read;

    /// <exception cref="AccessSettingsException">The file is not as it should be; the message names the line.</exception>
    internal StaticTokens(string path, TimeProvider time, ILogger<StaticTokens> logger)
    {
        _path = path;
        _time = time;
        _logger = logger;
        _read = StaticTokenFile.StampOf(path);
        _tokens = StaticTokenFile.Read(path);
    }

    /// <summary>Makes a token and appends its hash to a file, which is made for its owner alone where it is missing.</summary>
    /// <param name="file">Where to append.</param>
    /// <param name="name">Who has the token; without white space.</param>
    /// <param name="role">What they may do.</param>
    /// <param name="expires">When it ends; null for never.</param>
    /// <returns>The token, which is told this once.</returns>
    /// <exception cref="AccessSettingsException">The file is not as it should be, or the name is not possible.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static string Add(string file, string name, AccessRole role, DateTimeOffset? expires)
    {
        var token = Prefix + RandomText.Create();
        StaticTokenFile.Append(file, new StaticToken(name, role, RandomText.Hash(token), expires));
        return token;
    }

    // The hash of a guess tells nothing about how near it was, so how long the look-up takes does not either.
    internal TokenVerdict Find(string hash)
    {
        if (!Current().TryGetValue(hash, out var token))
        {
            return TokenVerdict.Refused;
        }
        return token.Expires <= _time.GetUtcNow()
            ? TokenVerdict.Refused with { HasExpired = true }
            : new TokenVerdict(new Caller(token.Name, token.Name, token.Role), token.Expires ?? DateTimeOffset.MaxValue) { StaticHash = hash };
    }

    private FrozenDictionary<string, StaticToken> Current()
    {
        lock (_lock)
        {
            StaticTokenFile.Stamp? stamp = null;
            try
            {
                stamp = StaticTokenFile.StampOf(_path);
                if (stamp != _read)
                {
                    _tokens = StaticTokenFile.Read(_path);
                }
            }
            catch (AccessSettingsException e)
            {
                // Those who are known stay known while somebody mends the file, which is said once for each change.
                if (stamp != _read)
                {
                    AccessLog.TokenFileNotTaken(_logger, e.Message);
                }
            }
            _read = stamp;
            return _tokens;
        }
    }
}
