using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Discovery.AppHost.Tests;

/// <summary>The host, started as a person would start it, with nothing kept and on ports of its own.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _timer = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private RunningHost(DistributedApplication app)
    {
        App = app;
        _timer.CancelAfter(Patience);
    }

    public DistributedApplication App { get; }

    /// <summary>Ends when the test is to end, or has waited too long.</summary>
    public CancellationToken Patient => _timer.Token;

    /// <summary>Starts it; the test is skipped where there is no Docker, or an image can neither be found nor pulled.</summary>
    public static Task<RunningHost> StartAsync(params string[] arguments) => StartAsync(_ => { }, arguments);

    /// <summary>Starts it with a change of its model.</summary>
    public static async Task<RunningHost> StartAsync(Action<IDistributedApplicationTestingBuilder> change, params string[] arguments)
    {
        Assert.SkipUnless(await RunAsync("docker", "version") == 0, "There is no Docker engine.");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>([.. arguments, "--data", "fresh"], TestContext.Current.CancellationToken);
        foreach (var container in builder.Resources.OfType<ContainerResource>().Where(container => !container.Annotations.OfType<ExplicitStartupAnnotation>().Any()))
        {
            await UseImageAsync(builder, container);
        }
        change(builder);
        var host = new RunningHost(await builder.BuildAsync(TestContext.Current.CancellationToken));
        await host.App.StartAsync(host.Patient);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        _timer.Dispose();
    }

    /// <summary>Where nothing can be pulled, an image made from Debian packages (eng/test-images) takes the place of MySQL's.</summary>
    private static async Task UseImageAsync(IDistributedApplicationTestingBuilder builder, ContainerResource container)
    {
        Assert.True(container.TryGetContainerImageName(out var image));
        if (await RunAsync("docker", "image", "inspect", image!) == 0)
        {
            return;
        }
        const string Substitute = "discovery-test/mysql";
        if (container is MySqlServerResource && await RunAsync("docker", "image", "inspect", $"{Substitute}:9.7") == 0)
        {
            builder.CreateResourceBuilder(container).WithImageRegistry("").WithImage(Substitute, "9.7");
            return;
        }
        Assert.SkipUnless(await RunAsync("docker", "pull", "--quiet", image!) == 0, $"{image} cannot be pulled.");
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
