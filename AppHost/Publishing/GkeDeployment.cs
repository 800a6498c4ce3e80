#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES003, ASPIREPIPELINES004, ASPIRECOMPUTE003 // steps, names of pushed images, the output folder, registries

using Aspire.Hosting.Pipelines;
using Discovery.Deploy;
using Discovery.Deploy.Input;
using Discovery.Deploy.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.AppHost.Publishing;

/// <summary>
/// Renders the deployment to GKE when the host is published, as <c>./discovery deploy render</c> does: from deploy.yml, with the names that the model gives
/// its images. No secret is asked for or written; deploy.yml says where each comes from.
/// </summary>
internal static class GkeDeployment
{
    private const string StepName = "render-gke";
    private const string OwnFile = "deploy.yml";
    private const string SampleFile = "deploy.sample.yml";

    /// <summary>The version of this build, as <c>./discovery images</c> tags them.</summary>
    private static string ImageTag => typeof(GkeDeployment).Assembly.GetName().Version!.ToString(3);

    /// <summary>Adds the step to <c>aspire publish</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="settings">Where deploy.yml is, and which registry images are pushed to.</param>
    /// <param name="api">The control plane.</param>
    /// <param name="worker">The workers, whose image is that of jobs and DAGs too.</param>
    public static void Add(IDistributedApplicationBuilder builder, HostSettings settings, IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> worker)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            return;
        }
        if (settings.Registry is { } registry)
        {
            // europe-west1-docker.pkg.dev/example/data: a host, and a path on it.
            var parts = registry.Split('/', 2);
            builder.AddContainerRegistry("registry", parts[0], parts[1]);
            api.WithRemoteImageName("discovery-api").WithRemoteImageTag(ImageTag);
            worker.WithRemoteImageName("discovery-worker").WithRemoteImageTag(ImageTag);
        }
        builder.Pipeline.AddStep(StepName, step => RenderAsync(step, builder.AppHostDirectory, settings, api.Resource, worker.Resource), requiredBy: WellKnownPipelineSteps.Publish);
    }

    private static async Task RenderAsync(PipelineStepContext step, string appHost, HostSettings settings, IResource api, IResource worker)
    {
        var file = FileIn(Path.GetFullPath("..", appHost), settings);
        var loaded = DeployFile.Load(file);
        if (loaded.Environments.Count == 0)
        {
            throw Failed(string.Join('\n', loaded.Problems));
        }
        var environments = loaded.Environments;
        if (settings.Registry is not null)
        {
            var images = new ImagesConfig { Api = await NameAsync(api, step.CancellationToken), Worker = await NameAsync(worker, step.CancellationToken) };
            environments = [.. environments.Select(environment => environment with { Config = environment.Config with { Discovery = environment.Config.Discovery with { Images = images } } })];
        }
        var output = step.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory();
        try
        {
            var files = Renderer.Render(environments);
            var changes = new OutputFolder(output).Write(files, force: false);
            step.Summary.Add("Deployment to GKE", $"{files.Count} files of {string.Join(", ", environments.Select(environment => environment.Name))} in {output}, {changes.Count} of them new or changed, from {Path.GetFileName(file)}");
        }
        catch (OutputException e)
        {
            throw Failed(e.Message);
        }
    }

    /// <summary>Without the Aspire command line, which tells by itself, a failed step would end with exit code 0.</summary>
    private static DistributedApplicationException Failed(string message)
    {
        Environment.ExitCode = 1;
        return new DistributedApplicationException(message);
    }

    private static string FileIn(string root, HostSettings settings)
    {
        if (settings.DeployFile is { } named)
        {
            return Path.GetFullPath(named, root);
        }
        var own = Path.Combine(root, OwnFile);
        return File.Exists(own) ? own : Path.Combine(root, SampleFile);
    }

    private static async Task<string> NameAsync(IResource resource, CancellationToken cancellationToken) =>
        (await ((IValueProvider)new ContainerImageReference(resource)).GetValueAsync(cancellationToken))!;
}
