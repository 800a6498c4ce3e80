using System.CommandLine;

namespace Discovery.Deploy.Commands;

/// <summary><c>deploy init</c>, <c>deploy render</c> and <c>deploy diff</c>.</summary>
internal static class DeployCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("deploy", "Write, compare and check the files that run DataHub and Discovery on GKE.")
    {
        InitCommand.Create(),
        RenderCommand.Create(),
        DiffCommand.Create(),
    };
}
