using System.CommandLine;
using Discovery.Web.Access;
using Discovery.Web.Hosting;
using Microsoft.Extensions.Hosting;

namespace Discovery.Catalog.Commands;

/// <summary><c>./discovery catalog</c></summary>
internal static class CatalogCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen; several with ; between them. Everything but loopback turns tokens on.",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var data = DataOption.Create();
        var auth = new Option<string?>("--auth") { Description = "Whether a token is asked for. Without it: on, unless only this machine can reach the catalog." };
        auth.AcceptOnlyFromAmong("on", "off");
        var hosts = new Option<string[]>("--allow-host") { Description = "A name that clients call the catalog by, as behind a proxy; may be given several times.", HelpName = "NAME" };
        var issuer = new Option<string?>("--oidc-issuer") { Description = "Take tokens of this OpenID Connect issuer, instead of own ones.", HelpName = "URL" };
        var audience = new Option<string?>("--oidc-audience") { Description = "The audience that these tokens must be for.", HelpName = "NAME" };

        var command = new Command("catalog", "Runs the catalog: the unchanged datahub command line and recipes work against it, and people read it in a browser.")
        {
            urls, data, auth, hosts, issuer, audience, TokenCommand.Create(), FileCommands.Export(), FileCommands.Import(), FileCommands.BackUp(),
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            new AccessSettings
            {
                Urls = arguments.GetRequiredValue(urls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                KeyFolder = arguments.GetRequiredValue(data).FullName,
                AllowedHosts = arguments.GetValue(hosts) ?? [],
                Tokens = arguments.GetValue(auth) switch { "on" => true, "off" => false, _ => null },
                OidcIssuer = arguments.GetValue(issuer),
                OidcAudience = arguments.GetValue(audience),
            },
            arguments.GetRequiredValue(data).FullName,
            arguments.InvocationConfiguration.Output,
            arguments.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(AccessSettings access, string folder, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var builder = ServerHost.CreateBuilder("discovery-catalog", access);
            builder.Services.AddCatalog(folder);
            await using var app = builder.Build();
            app.UseServerDefaults();
            app.MapCatalog();
            var addresses = await app.ListenAsync(cancellationToken);
            await output.WriteLineAsync($"The catalog is at {string.Join(" and ", addresses)}{(app.AsksForTokens() ? $", for those with a token (./discovery catalog token --data {folder})" : "")}. Ctrl-C ends it.");
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is AccessSettingsException or CatalogException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }
}
