using System.CommandLine;
using Discovery.Ingestion.Worker.Commands;
using Discovery.Ingestion.Worker.Terminal;

var root = new Command("./discovery", "Discovery reads the structure of databases and writes it as DataHub metadata. It takes DataHub's own recipes.")
{
    IngestCommand.Create(),
    PreflightCommand.Create(),
    RecipeCommand.Create(),
    RunsCommand.Create(),
    WorkerCommand.Create(),
    CheckCommand.Create(),
    VersionCommand.Create(),
    HelpWithExamples.Option(),
    Options.Debug,
};
// A cron schedule may begin with @, which is no file of arguments here.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
{
    return UsageErrors.Print(parsed, Console.Error);
}
using var interrupt = new Interrupt();
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interrupt.Token);
}
catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted.");
    return ExitCodes.Failure;
}
catch (Exception exception)
{
    return Defects.Print(exception, parsed.GetValue(Options.Debug), Console.Error);
}
