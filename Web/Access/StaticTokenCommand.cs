using System.CommandLine;

namespace Discovery.Web.Access;

/// <summary><c>token NAME --role worker --tokens FILE</c>, for the command of any server that takes static tokens.</summary>
public static class StaticTokenCommand
{
    /// <summary>The command.</summary>
    /// <param name="time">The clock that tokens expire by.</param>
    public static Command Create(TimeProvider time)
    {
        var name = new Argument<string>("NAME") { Description = "Who has the token, in one word." };
        var role = RoleOption.Create(fallback: null);
        var file = new Option<FileInfo>("--tokens") { Description = "The file that keeps the hashes of tokens; made where it is missing.", HelpName = "FILE", Required = true };
        var expires = TokenLifetime.Option(fallback: null);
        var command = new Command("token", "Makes a token for a program and prints it, this once: the file keeps its hash. Removing the line there ends it.") { name, role, file, expires };
        command.SetAction(arguments =>
        {
            var configuration = arguments.InvocationConfiguration;
            try
            {
                DateTimeOffset? end = arguments.GetValue(expires) is { } text ? time.GetUtcNow() + TokenLifetime.Parse(text)!.Value : null;
                configuration.Output.WriteLine(StaticTokens.Add(arguments.GetRequiredValue(file).FullName, arguments.GetRequiredValue(name), RoleOption.Read(arguments, role), end));
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
}
