using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
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

    /// <summary>Waits for resources.</summary>
    public async Task BecomeHealthyAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await App.ResourceNotifications.WaitForResourceHealthyAsync(name, Patient);
        }
    }

    /// <summary>Gives a command, which has to succeed.</summary>
    /// <returns>What it shows.</returns>
    public async Task<string> CommandAsync(string resource, string command)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(resource, command, Patient);
        Assert.True(result.Success, result.Message);
        return result.Data?.Value ?? "";
    }

    /// <summary>A client of a resource that sends a token.</summary>
    public HttpClient Client(string resource, string token)
    {
        var client = App.CreateHttpClient(resource, "http");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>The runs of the control plane, the newest first.</summary>
    public async Task<JsonElement[]> RunsAsync(string token)
    {
        using var client = Client("api", token);
        return [.. (await client.GetFromJsonAsync<JsonElement>("/api/v1/runs", Patient)).GetProperty("items").EnumerateArray()];
    }

    /// <summary>Waits for the end of all runs, which have to succeed; there has to be a certain number.</summary>
    public async Task SucceedAsync(int runs, string token)
    {
        while (true)
        {
            string?[] states = [.. (await RunsAsync(token)).Select(run => run.GetProperty("state").GetString())];
            if (states.Length == runs && !states.Any(state => state is "queued" or "running"))
            {
                Assert.All(states, state => Assert.Equal("succeeded", state));
                return;
            }
            await Task.Delay(500, Patient);
        }
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
