namespace Discovery.Web.Access.Login;

/// <summary>Somebody who logged in.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Begun">When.</param>
/// <param name="Expires">When it ends, used or not.</param>
internal sealed record Session(Caller Caller, DateTimeOffset Begun, DateTimeOffset Expires)
{
    /// <summary>The static token that it was begun with, which it does not outlive; null for others.</summary>
    public string? StaticHash { get; init; }

    /// <summary>The id token that it was begun with, with which it is ended at the issuer; null for others.</summary>
    public string? IdToken { get; init; }
}
