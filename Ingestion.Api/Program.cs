using System.CommandLine;
using System.CommandLine.Help;
using Discovery.Ingestion.Api.Commands;

// Named as people call it, which a RootCommand is not.
var root = new Command("./discovery", "Discovery's control plane.") { ApiCommand.Create(), new HelpOption() };
var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
return parsed.Errors.Count > 0 ? 2 : exitCode;
