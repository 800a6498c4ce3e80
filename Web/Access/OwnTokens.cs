using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Access;

/// <summary>Tokens that the server signs itself, with the key in its data folder.</summary>
public static class OwnTokens
{
    internal const string Issuer = "discovery";
    internal const string Audience = "discovery";
    internal const string Algorithm = SecurityAlgorithms.HmacSha256;

    private const string RoleClaim = "role";

    /// <summary>The longest time that a token may be good for.</summary>
    public static TimeSpan MaxLifetime { get; } = TimeSpan.FromDays(366);

    /// <summary>Makes a token.</summary>
    /// <param name="keyFolder">The data folder of the server; its key is made where it is missing.</param>
    /// <param name="subject">Who has it.</param>
    /// <param name="lifetime">How long it is good for, at most <see cref="MaxLifetime"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="role">What who has it may do.</param>
    /// <exception cref="AccessSettingsException">The key file is not as it was made.</exception>
    public static string Create(string keyFolder, string subject, TimeSpan lifetime, TimeProvider time, AccessRole role = AccessRole.Operator)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, MaxLifetime);
        var now = time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = subject, [RoleClaim] = RoleNames.Of(role) },
            SigningCredentials = new SigningCredentials(TokenKey.ReadOrCreate(keyFolder), Algorithm),
        });
    }

    /// <returns>Null for a token without a subject, or with a role that there is not.</returns>
    internal static Caller? CallerOf(ClaimsIdentity identity)
    {
        var subject = identity.FindFirst(JwtRegisteredClaimNames.Sub)?.Value;
        // Tokens that were made before there were roles let their owners read and write.
        var role = identity.FindFirst(RoleClaim) is { } claim ? RoleNames.Parse(claim.Value) : AccessRole.Operator;
        return string.IsNullOrWhiteSpace(subject) || role is null ? null : new Caller(subject, subject, role);
    }
}
