using System.Globalization;

namespace Discovery.Web.Access;

/// <summary>A line of the file of static tokens.</summary>
/// <param name="Name">Who has the token.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Hash">SHA-256 of the token, in lower-case hexadecimal digits.</param>
/// <param name="Expires">When it ends; null for never.</param>
internal sealed record StaticToken(string Name, AccessRole Role, string Hash, DateTimeOffset? Expires)
{
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    // runner-1 worker 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae 2027-01-31T00:00:00Z
    public static StaticToken? Parse(string line, out string? problem)
    {
        var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (3 or 4))
        {
            problem = "a line is: NAME ROLE SHA256 [EXPIRES]";
            return null;
        }
        if (RoleNames.Parse(parts[1]) is not { } role)
        {
            problem = $"'{parts[1]}' is no role; there are {string.Join(", ", RoleNames.All)}";
            return null;
        }
        if (parts[2].Length != 64 || !parts[2].All(char.IsAsciiHexDigit))
        {
            // It may be a token that somebody put there by mistake.
            problem = "the third word is not the SHA-256 of a token, which has 64 hexadecimal digits";
            return null;
        }
        DateTimeOffset? expires = null;
        if (parts.Length == 4)
        {
            if (!DateTimeOffset.TryParseExact(parts[3], Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                problem = $"'{parts[3]}' is not a time such as 2027-01-31T00:00:00Z";
                return null;
            }
            expires = time;
        }
        problem = null;
        return new StaticToken(parts[0], role, parts[2].ToLowerInvariant(), expires);
    }

    public override string ToString() =>
        $"{Name} {RoleNames.Of(Role)} {Hash}{(Expires is { } time ? " " + time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "")}";
}
