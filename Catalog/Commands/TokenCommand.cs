using System.CommandLine;
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
        var role = RoleOption.Create(AccessRole.Operator);
        var expires = TokenLifetime.Option(fallback: "30d");
        var command = new Command("token", "Prints a token for the server of a folder, which takes it unless it has an OpenID Connect issuer. Removing token.key from the folder ends all of them.")
        {
            data, subject, role, expires,
        };
        command.SetAction(arguments =>
        {
            var configuration = arguments.InvocationConfiguration;
            try
            {
                var lifetime = TokenLifetime.Parse(arguments.GetRequiredValue(expires)!)!.Value;
                configuration.Output.WriteLine(OwnTokens.Create(
                    arguments.GetRequiredValue(data).FullName, arguments.GetRequiredValue(subject), lifetime, TimeProvider.System, RoleOption.Read(arguments, role)));
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
