using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Discovery.Web.Access;

/// <summary>Somebody whom the server knows.</summary>
/// <param name="Subject">Who it is, the same at each log-in.</param>
/// <param name="Name">What people call them; rights never hang on it.</param>
/// <param name="Role">What they may do; null where that is nothing.</param>
internal sealed record Caller(string Subject, string Name, AccessRole? Role)
{
    /// <summary>The user of a request, with nothing of what else a token says.</summary>
    /// <param name="scheme">How the caller showed who it is.</param>
    public ClaimsPrincipal ToUser(string scheme) => new(new ClaimsIdentity(
        [new Claim(JwtRegisteredClaimNames.Sub, Subject), new Claim(JwtRegisteredClaimNames.Name, Name)], scheme, JwtRegisteredClaimNames.Name, null));
}
