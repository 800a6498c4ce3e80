using System.CommandLine;
using System.Globalization;

namespace Discovery.Web.Access;

/// <summary><c>--expires 30d</c></summary>
public static class TokenLifetime
{
    /// <summary>The longest time that a token may be good for.</summary>
    public static TimeSpan Max => OwnTokens.MaxLifetime;

    /// <summary>The option.</summary>
    /// <param name="fallback">What holds where it is left out; null for no end.</param>
    public static Option<string?> Option(string? fallback)
    {
        var option = new Option<string?>("--expires")
        {
            Description = $"How long the token is good for, such as 12h or 30d; at most 366d.{(fallback is null ? " Without it, until it is taken out of the file." : "")}",
            HelpName = "TIME",
        };
        if (fallback is not null)
        {
            option.DefaultValueFactory = _ => fallback;
        }
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Parse(text) is null)
            {
                result.AddError($"'{text}' is not a time that a token can be good for. Write it as 30d, 12h or 90m; at most 366d.");
            }
        });
        return option;
    }

    // 30d, 12h, 90m
    /// <returns>Null for what is no such time.</returns>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 1_000_000)
        {
            return null;
        }
        var lifetime = text[^1] switch
        {
            'd' => TimeSpan.FromDays(count),
            'h' => TimeSpan.FromHours(count),
            'm' => TimeSpan.FromMinutes(count),
            _ => TimeSpan.Zero,
        };
        return lifetime > TimeSpan.Zero && lifetime <= Max ? lifetime : null;
    }
}
