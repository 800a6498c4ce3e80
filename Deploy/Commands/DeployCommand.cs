using System.CommandLine;

namespace Discovery.Deploy.Commands;

/// <summary><c>deploy init</c>, <c>deploy render</c>, <c>deploy diff</c> and <c>deploy check</c>.</summary>
internal static class DeployCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("deploy", "Write, compare and check the files that run DataHub and Discovery on GKE.")
    {
        InitCommand.Create(),
        RenderCommand.Create(),
        DiffCommand.Create(),
        CheckCommand.Create(),
    };
}
