using System.CommandLine;
using System.Runtime.InteropServices;
using Discovery.Terminal;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary><c>version</c></summary>
internal static class VersionCommand
{
    /// <summary>Version of this program, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("version", "Print the versions of this program and of DataHub's model.");
        command.SetAction(_ =>
        {
            Console.WriteLine($"Discovery version: {Text}");
            Console.WriteLine($"Models: {Discovery.Metadata.Model.AspectRegistry.Instance.Version}");
            Console.WriteLine($".NET version: {RuntimeInformation.FrameworkDescription}");
            return ExitCodes.Success;
        });
        return command;
    }
}
