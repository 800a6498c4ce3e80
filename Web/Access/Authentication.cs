using Discovery.Web.Access.Login;
using Microsoft.AspNetCore.Http;

namespace Discovery.Web.Access;

/// <summary>Finds out who sends a request: a program by the header Authorization, a person by the cookie of a session.</summary>
internal sealed class Authentication(TokenValidator tokens, Sessions sessions)
{
    private const string Bearer = "Bearer ";

    /// <exception cref="Oidc.IssuerUnavailableException">The issuer does not tell its keys.</exception>
    public async Task<Authenticated> FindAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var header = request.Headers.Authorization;
        if (header.Count > 0)
        {
            if (header.Count > 1 || header[0] is not { } value || !value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            {
                return new Authenticated(null, "Bearer", "The header Authorization must be: Bearer TOKEN");
            }
            var token = value[Bearer.Length..].Trim();
            var verdict = await tokens.ValidateAsync(token, cancellationToken);
            return new Authenticated(verdict.Caller, "Bearer", verdict.Problem) { Again = async stop => (await tokens.ValidateAsync(token, stop)).Caller };
        }
        return BrowserCookie.Session.Read(request) is { } id
            ? new Authenticated(FindSession(id, isIdle: false), BrowserCookie.Scheme, "You are not logged in any more; log in again.") { Again = _ => Task.FromResult(FindSession(id, isIdle: true)) }
            : new Authenticated(null, "Bearer", "A token is needed: send it as Authorization: Bearer TOKEN");
    }

    private Caller? FindSession(string id, bool isIdle)
    {
        var session = sessions.Use(id, isIdle);
        if (session?.StaticHash is not { } hash)
        {
            return session?.Caller;
        }
        if (tokens.FindStatic(hash) is { } caller)
        {
            return caller;
        }
        sessions.End(id);
        return null;
    }
}

/// <summary>Who sent a request.</summary>
/// <param name="Caller">Null where nobody known did.</param>
/// <param name="Scheme">How they showed it.</param>
/// <param name="Problem">Why nobody was found.</param>
internal sealed record Authenticated(Caller? Caller, string Scheme, string Problem)
{
    /// <summary>Finds out once more, while a long answer goes on; as null where it would be nobody now.</summary>
    public Func<CancellationToken, Task<Caller?>> Again { get; init; } = _ => Task.FromResult<Caller?>(null);
}
