using System.CommandLine;
using System.CommandLine.Help;
using Discovery.Embedded;

var once = new Option<bool>("--once") { Description = "End after the ingestion, with its exit code. Without it the server stays until Ctrl-C." };
var recipe = new Option<FileInfo>("--recipe")
{
    Description = "Ingest with this recipe, from your own server. Nothing is started, and nothing on that server is created, granted or dropped.",
    HelpName = "FILE",
};

var up = new Command("up", "See Discovery work: starts a private MySQL server on this machine with a sample fleet, and ingests it into a catalog to search in a browser, with an account that may only REFERENCE.") { once, recipe };
up.SetAction((arguments, cancellationToken) =>
    new UpCommand(Checkout.Find(), Console.Out, Console.Error).RunAsync(arguments.GetValue(once), arguments.GetValue(recipe), cancellationToken));

// Named as people call it, which a RootCommand is not.
var root = new Command("./discovery", "Discovery in one process.") { up, new HelpOption() };
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
