using System.CommandLine;
using System.CommandLine.Help;
using Discovery.Benchmarks;
using Discovery.Embedded.LocalMySql;

var schemas = Count("--schemas", "Databases of the fleet.", 3000);
var tables = Count("--tables", "Tables of each database.", 10);
var columns = Count("--columns", "Columns of each table, at least 2.", 12);
var rounds = Count("--rounds", "How often each program runs.", 5);
var keep = new Option<bool>("--keep") { Description = "Leave the fleet in artifacts/bench for the next time." };
var server = new Option<string?>("--server") { Description = "The server program to start, such as /usr/sbin/mysqld; the first one found otherwise.", HelpName = "PROGRAM" };

var mysql = new Command("mysql", "Make a fleet of databases on a server of our own, read it with Discovery, the server's own client and DataHub's client in turn, and compare.")
{
    schemas, tables, columns, rounds, keep, server,
};
mysql.SetAction(async (parsed, cancellationToken) =>
{
    try
    {
        var size = new FleetSize(parsed.GetValue(schemas), parsed.GetValue(tables), Math.Max(2, parsed.GetValue(columns)));
        return await new MySqlBench(Root(), Console.Out, Console.Error).RunAsync(size, parsed.GetValue(rounds), parsed.GetValue(server), parsed.GetValue(keep), cancellationToken) ? 0 : 1;
    }
    catch (LocalMySqlException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        await Console.Error.WriteLineAsync("Interrupted.");
        return 1;
    }
});

var datasets = new Option<int[]>("--datasets") { Description = "Sizes of the catalog.", HelpName = "N", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [10_000, 100_000] };
var catalog = new Command("catalog", "Fill a catalog through the engine, search it, and tell speed, memory and disk.") { datasets };
catalog.SetAction(async (parsed, cancellationToken) =>
    await new CatalogBench(Root(), Console.Out, Console.Error).RunAsync(parsed.GetValue(datasets)!, cancellationToken) ? 0 : 1);

var control = new Command("control", "Fill a control plane with recipes, workers and finished runs, and tell how long lists and claims take.");
control.SetAction(async (_, cancellationToken) => await new ControlBench(Root(), Console.Out, Console.Error).RunAsync(cancellationToken) ? 0 : 1);

var bench = new Command("bench", "Measures Discovery, and other programs beside it.") { mysql, catalog, control };
// Named as people call it, which a RootCommand is not.
var root = new Command("./discovery", "Benchmarks of Discovery.") { bench, new HelpOption() };
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });

static Option<int> Count(string name, string description, int value)
{
    var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
    option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var number) || number < 1))
        {
            result.AddError($"{name} needs a number of at least 1.");
        }
    });
    return option;
}

// The checkout that this program was built in.
static string Root()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Discovery.sln")))
    {
        folder = folder.Parent;
    }
    return folder?.FullName ?? throw new LocalMySqlException("The benchmark works inside a checkout of Discovery only. Start it with ./discovery bench there.");
}
