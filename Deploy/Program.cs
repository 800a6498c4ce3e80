using System.CommandLine;
using System.CommandLine.Help;
using Discovery.Deploy.Commands;

// Named as people call it, which a RootCommand is not.
var root = new Command("./discovery", "Discovery's deployment.") { DeployCommand.Create(), new HelpOption() };
var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? 2 : exitCode;
