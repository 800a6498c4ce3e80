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
        var access = new AccessOptions("http://127.0.0.1:8080");
        var data = DataOption.Create();
        var command = new Command("catalog", "Runs the catalog: the unchanged datahub command line and recipes work against it, and people read it in a browser.")
        {
            data, TokenCommand.Create(), FileCommands.Export(), FileCommands.Import(), FileCommands.BackUp(),
        };
        access.AddTo(command);
        command.SetAction((arguments, cancellationToken) => RunAsync(
            folder => access.Read(arguments, folder),
            arguments.GetRequiredValue(data).FullName,
            arguments.InvocationConfiguration.Output,
            arguments.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Func<string, AccessSettings> access, string folder, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var builder = ServerHost.CreateBuilder("discovery-catalog", access(folder));
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
