using System.CommandLine;
using Discovery.Ingestion.Api.Pages;
using Discovery.Ingestion.Control;
using Discovery.Web.Access;
using Discovery.Web.Hosting;
using Microsoft.Extensions.Hosting;

namespace Discovery.Ingestion.Api.Commands;

/// <summary><c>./discovery api</c></summary>
internal static class ApiCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "The folder of the store; made where it is missing.", HelpName = "DIR", Required = true };
        var recipes = new Option<DirectoryInfo>("--recipes") { Description = "The folder that recipes are read from.", HelpName = "DIR", Required = true };
        var usual = new ControlSettings { DataFolder = "", RecipeFolder = "" };
        var lease = DurationOption("--lease", "How long a worker has a run after it was heard of last", usual.Lease);
        var deadline = DurationOption("--deadline", "How long a run may take before it is cancelled", usual.Deadline);
        var keepRuns = DurationOption("--keep-runs", "How long runs are kept that have ended, the newest 20 of a recipe and its last complete one for ever", usual.KeepRuns);
        var keepLogs = DurationOption("--keep-logs", "How long their logs are kept", usual.KeepLogs);
        var access = new AccessOptions("http://127.0.0.1:8090");

        var command = new Command("api", "Runs the control plane: it queues the runs of recipes by hand and by schedule, gives them to workers, and keeps what became of them.")
        {
            data, recipes, lease, deadline, keepRuns, keepLogs, StaticTokenCommand.Create(TimeProvider.System),
        };
        access.AddTo(command);
        command.SetAction((arguments, cancellationToken) => RunAsync(
            folder => access.Read(arguments, folder),
            new ControlSettings
            {
                DataFolder = arguments.GetRequiredValue(data).FullName,
                RecipeFolder = arguments.GetRequiredValue(recipes).FullName,
                Lease = arguments.GetValue(lease) ?? usual.Lease,
                Deadline = arguments.GetValue(deadline) ?? usual.Deadline,
                KeepRuns = arguments.GetValue(keepRuns) ?? usual.KeepRuns,
                KeepLogs = arguments.GetValue(keepLogs) ?? usual.KeepLogs,
            },
            arguments.InvocationConfiguration.Output,
            arguments.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }

    private static Option<TimeSpan?> DurationOption(string name, string description, TimeSpan usual) => new(name)
    {
        Description = $"{description}, such as 60s, 30m, 12h, 90d; {Duration.Write(usual)} where it is not given.",
        HelpName = "DURATION",
        CustomParser = result =>
        {
            if (Duration.Parse(result.Tokens[0].Value) is { } duration)
            {
                return duration;
            }
            result.AddError($"{name} {result.Tokens[0].Value} is not a duration. It looks like 60s, 30m, 12h or 90d.");
            return null;
        },
    };

    private static async Task<int> RunAsync(Func<string, AccessSettings> access, ControlSettings settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(settings.RecipeFolder))
        {
            await error.WriteLineAsync($"There is no folder {settings.RecipeFolder} (--recipes). Make it, or name the one that ./discovery recipe deploy writes to.");
            return 1;
        }
        try
        {
            var builder = ServerHost.CreateBuilder("discovery-api", access(settings.DataFolder));
            builder.Services.AddControlPlane(settings);
            await using var app = builder.Build();
            app.UseServerDefaults();
            app.MapControlPlane();
            PageEndpoints.MapFirst(app);
            var addresses = await app.ListenAsync(cancellationToken);
            await output.WriteLineAsync($"The control plane is at {string.Join(" and ", addresses)}{(app.AsksForTokens() ? ", for those with a token (./discovery api token NAME --role operator --tokens FILE)" : "")}. Ctrl-C ends it.");
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is AccessSettingsException or ControlException or IOException or UnauthorizedAccessException)
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
