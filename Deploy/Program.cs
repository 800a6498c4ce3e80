using System.CommandLine;
using Discovery.Deploy.Commands;
using Discovery.Terminal;

// Named as people call it, which a RootCommand is not.
var root = new Command("./discovery", "Discovery's deployment.") { DeployCommand.Create(), HelpWithExamples.Option(Examples.Of), Options.Debug };
return await TerminalProgram.RunAsync(root, Options.Debug, args);
