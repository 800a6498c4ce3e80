#pragma warning disable ASPIREPROCESSCOMMAND001 // WithProcessCommand

using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.AppHost.Commands;

/// <summary>The command "Preflight" of the workers.</summary>
internal static class RecipePreflight
{
    /// <summary>More than any report has.</summary>
    private const int MostLines = 2000;

    /// <summary>Lets people see what the account of a recipe may read, and what to grant it for more.</summary>
    /// <param name="worker">The workers, whose program and variables it runs with.</param>
    /// <param name="recipe">Path of the recipe.</param>
    public static IResourceBuilder<ProjectResource> WithPreflight(this IResourceBuilder<ProjectResource> worker, string recipe) =>
        worker.WithProcessCommand(
            "preflight",
            "Preflight",
            async context =>
            {
                var variables = await ExecutionConfigurationBuilder.Create(worker.Resource).WithEnvironmentVariablesConfig()
                    .BuildAsync(context.Services.GetRequiredService<DistributedApplicationExecutionContext>(), context.Logger, context.CancellationToken);
                return new ProcessCommandSpec("dotnet")
                {
                    Arguments = ["run", "--no-build", "--no-launch-profile", "--configuration", Configuration, "--project", worker.Resource.GetProjectMetadata().ProjectPath, "--", "preflight", "-c", recipe],
                    WorkingDirectory = Path.GetDirectoryName(recipe),
                    EnvironmentVariables = variables.EnvironmentVariables.ToDictionary(),
                };
            },
            new ProcessCommandOptions
            {
                Description = $"Shows what the account of {Path.GetFileName(recipe)} sees, and the GRANT for what it misses.",
                IconName = "ShieldCheckmark",
                UpdateState = CommandState.EnabledWhenHealthy,
                GetCommandResult = context =>
                {
                    var text = context.GetFormattedOutput(MostLines);
                    return Task.FromResult(context.ExitCode == 0
                        ? CommandResults.Success("The account sees all that the recipe asks for.", text, CommandResultFormat.Text, displayImmediately: true)
                        : CommandResults.Failure("The account does not see all that the recipe asks for, or nothing can be told; see the text.", new CommandResultData { Value = text, DisplayImmediately = true }));
                },
                MaxOutputLineCount = MostLines,
            });

    /// <summary>What the host was built as; it builds its resources with it.</summary>
    private static string Configuration { get; } = typeof(RecipePreflight).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
}
