using Aspire.Hosting.Testing;

namespace Discovery.AppHost.Tests;

/// <summary>The host as it is published: a model, and nothing that runs.</summary>
internal static class PublishedHost
{
    /// <summary>Its model.</summary>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] arguments) =>
        await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--operation", "publish", .. arguments], TestContext.Current.CancellationToken);

    /// <summary>Runs one step of its pipeline.</summary>
    public static async Task PublishAsync(string step, string output, params string[] arguments)
    {
        await using var builder = await CreateAsync(["--step", step, "--output-path", output, .. arguments]);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        await app.RunAsync(TestContext.Current.CancellationToken);
    }
}
