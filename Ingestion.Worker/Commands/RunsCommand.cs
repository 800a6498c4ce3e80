using System.CommandLine;
using System.Text.Json;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Worker.Api;
using Discovery.Ingestion.Worker.Terminal;
using Discovery.Terminal;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary><c>runs list|show|start|cancel|logs</c></summary>
internal sealed class RunsCommand
{
    private static readonly JsonSerializerOptions Indented = new(ControlJson.Options) { WriteIndented = true };

    private readonly ApiOptions _api = new("DISCOVERY_API_TOKEN");
    private readonly Argument<string> _id = new("ID") { Description = "Id of the run, as 'runs list' shows it." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON instead of text." };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var runs = new RunsCommand();
        return new Command("runs", "List, start, watch and cancel runs of the control plane.") { runs.List(), runs.Show(), runs.Start(), runs.Cancel(), runs.Logs() };
    }

    private Command List()
    {
        var recipe = new Option<string?>("--recipe") { Description = "Only runs of this recipe.", HelpName = "NAME" };
        var state = new Option<string?>("--state") { Description = "Only runs in this state." };
        state.AcceptOnlyFromAmong([.. Word.All<RunState>()]);
        var limit = new Option<int>("--limit") { Description = "How many, at most 200.", HelpName = "N", DefaultValueFactory = _ => 20 };
        return Create("list", "List runs, the newest first.", [recipe, state, limit, _json], null, async (parsed, client, cancellationToken) =>
        {
            var page = await client.ListAsync(parsed.GetValue(recipe), parsed.GetValue(state), parsed.GetValue(limit), cancellationToken);
            Console.Out.Write(parsed.GetValue(_json) ? JsonSerializer.Serialize(page.Items, Indented) + "\n" : page.Items.Count == 0 ? "There is no such run. One is started with: ./discovery runs start RECIPE\n" : RunText.Table(page.Items));
            return ExitCodes.Success;
        });
    }

    private Command Show() => Create("show", "Show a run. Exits with 1 when it failed or was cancelled.", [_json], _id, async (parsed, client, cancellationToken) =>
    {
        var run = await client.ShowAsync(parsed.GetValue(_id)!, cancellationToken);
        Console.Out.Write(parsed.GetValue(_json) ? JsonSerializer.Serialize(run, Indented) + "\n" : RunText.Details(run));
        return CodeOf(run);
    });

    private Command Start()
    {
        var recipe = new Argument<string>("RECIPE") { Description = "Name of a recipe that the API holds." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read everything, write nothing." };
        var preview = new Option<bool>("--preview") { Description = "Read and write only the first records." };
        var wait = new Option<bool>("--wait") { Description = "Print the log until the run has ended; exit with 1 when it failed or was cancelled." };
        return Create("start", "Queue a run of a recipe.", [dryRun, preview, wait], recipe, async (parsed, client, cancellationToken) =>
        {
            var kind = parsed.GetValue(dryRun) ? RunKind.DryRun : parsed.GetValue(preview) ? RunKind.Preview : RunKind.Run;
            var run = await client.StartAsync(new RunRequest(parsed.GetValue(recipe)!, kind), cancellationToken);
            Console.WriteLine(run.Id);
            return parsed.GetValue(wait) ? await FollowAsync(client, run.Id, follow: true, cancellationToken) : ExitCodes.Success;
        });
    }

    private Command Cancel() => Create("cancel", "Ask for the end of a run.", [], _id, async (parsed, client, cancellationToken) =>
    {
        var run = await client.CancelAsync(parsed.GetValue(_id)!, cancellationToken);
        Console.WriteLine(run.Ended is null ? "The run was told to end." : $"The run {Word.Of(run.State)}.");
        return ExitCodes.Success;
    });

    private Command Logs()
    {
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the run has ended; exit with 1 when it failed or was cancelled." };
        return Create("logs", "Print the log of a run.", [follow], _id, (parsed, client, cancellationToken) => FollowAsync(client, parsed.GetValue(_id)!, parsed.GetValue(follow), cancellationToken));
    }

    private static async Task<int> FollowAsync(RunsClient client, string id, bool follow, CancellationToken cancellationToken)
    {
        if (follow && await client.ShowAsync(id, cancellationToken) is { State: RunState.Queued })
        {
            Console.Error.WriteLine("Waits for a worker. Where none is there, start one: ./discovery worker");
        }
        await foreach (var line in client.LogAsync(id, follow, cancellationToken))
        {
            Console.WriteLine(RunText.Line(line));
        }
        if (!follow)
        {
            return ExitCodes.Success;
        }
        var run = await client.ShowAsync(id, cancellationToken);
        Console.Error.WriteLine($"The run {Word.Of(run.State)}{(run.Reason is { } reason ? $": {Reports.PrintableText.Of(reason)}" : ".")}");
        return CodeOf(run);
    }

    private static int CodeOf(RunView run) => run.State is RunState.Failed or RunState.Cancelled ? ExitCodes.Failure : ExitCodes.Success;

    private Command Create(string name, string description, IReadOnlyList<Option> options, Argument? argument, Func<ParseResult, RunsClient, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description) { _api.Api, _api.TokenFile };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
        if (argument is not null)
        {
            command.Arguments.Add(argument);
        }
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                using var client = new RunsClient(_api.AddressOf(parsed), _api.TokenOf(parsed));
                return await run(parsed, client, cancellationToken);
            }
            catch (ApiException e)
            {
                Console.Error.WriteLine($"Error: {e.Message}");
                return ExitCodes.Failure;
            }
        });
        return command;
    }
}
