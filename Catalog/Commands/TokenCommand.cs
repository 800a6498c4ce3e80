using System.CommandLine;
using System.Globalization;
using Discovery.Web.Access;

namespace Discovery.Catalog.Commands;

/// <summary><c>./discovery catalog token</c></summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var data = DataOption.Create();
        var subject = new Option<string>("--subject") { Description = "Who the token is for; writes are done in this name.", HelpName = "NAME", DefaultValueFactory = _ => "datahub" };
        subject.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("--subject is empty.");
            }
        });
        var expires = new Option<string>("--expires") { Description = "How long it is good for, such as 12h or 30d; at most 366d.", HelpName = "TIME", DefaultValueFactory = _ => "30d" };
        expires.Validators.Add(result =>
        {
            if (ParseLifetime(result.GetValueOrDefault<string>()) is null)
            {
                result.AddError($"'{result.GetValueOrDefault<string>()}' is not a time that a token can be good for. Write it as 30d, 12h or 90m; at most 366d.");
            }
        });
        var command = new Command("token", "Prints a token for the catalog of a folder. Whoever has it may read and write there; removing token.key from the folder ends all of them.")
        {
            data, subject, expires,
        };
        command.SetAction(arguments =>
        {
            var configuration = arguments.InvocationConfiguration;
            try
            {
                configuration.Output.WriteLine(OwnTokens.Create(
                    arguments.GetRequiredValue(data).FullName, arguments.GetRequiredValue(subject), ParseLifetime(arguments.GetRequiredValue(expires))!.Value, TimeProvider.System));
                return 0;
            }
            catch (Exception e) when (e is AccessSettingsException or IOException or UnauthorizedAccessException)
            {
                configuration.Error.WriteLine(e.Message);
                return 1;
            }
        });
        return command;
    }

    // 30d, 12h, 90m
    private static TimeSpan? ParseLifetime(string? text)
    {
        if (text is not { Length: > 1 } || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 1_000_000)
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
        return lifetime > TimeSpan.Zero && lifetime <= OwnTokens.MaxLifetime ? lifetime : null;
    }
}
