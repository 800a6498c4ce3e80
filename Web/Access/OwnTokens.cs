using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Access;

/// <summary>Tokens that the server signs itself, with the key in its data folder.</summary>
public static class OwnTokens
{
    internal const string Issuer = "discovery";
    internal const string Audience = "discovery";
    internal const string Algorithm = SecurityAlgorithms.HmacSha256;

    /// <summary>The longest time that a token may be good for.</summary>
    public static TimeSpan MaxLifetime { get; } = TimeSpan.FromDays(366);

    /// <summary>Makes a token.</summary>
    /// <param name="keyFolder">The data folder of the server; its key is made where it is missing.</param>
    /// <param name="subject">Who has it.</param>
    /// <param name="lifetime">How long it is good for, at most <see cref="MaxLifetime"/>.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="AccessSettingsException">The key file is not as it was made.</exception>
    public static string Create(string keyFolder, string subject, TimeSpan lifetime, TimeProvider time)
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
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = subject },
            SigningCredentials = new SigningCredentials(TokenKey.ReadOrCreate(keyFolder), Algorithm),
        });
    }
}
