using System.CommandLine;
using Discovery.Ingestion.Worker.Commands;
using Discovery.Terminal;

var root = new Command("./discovery", "Discovery reads the structure of databases and writes it as DataHub metadata. It takes DataHub's own recipes.")
{
    IngestCommand.Create(),
    PreflightCommand.Create(),
    RecipeCommand.Create(),
    RunsCommand.Create(),
    WorkerCommand.Create(),
    CheckCommand.Create(),
    VersionCommand.Create(),
    HelpWithExamples.Option(Examples.Of),
    Options.Debug,
};
return await TerminalProgram.RunAsync(root, Options.Debug, args);
