using System.CommandLine;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Worker.Api;
using Discovery.Ingestion.Worker.Running;
using Discovery.ServiceDefaults;
using Discovery.Terminal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary><c>worker</c></summary>
internal sealed class WorkerCommand
{
    private readonly ApiOptions _api = new("DISCOVERY_WORKER_TOKEN");
    private readonly Option<string?> _name = new("--name") { Description = "Name of this worker, which no other has; machine and process unless given.", HelpName = "NAME" };
    private readonly Option<string[]> _labels = new("--label")
    {
        Description = "Takes runs of recipes whose deployment.executor_id is this, besides those of recipes without one; may be given several times.",
        HelpName = "LABEL",
    };
    private readonly Option<string> _fileRoot = new("--file-root")
    {
        Description = "The folder that recipes read files from and write them to; they reach no other.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "files",
    };
    private readonly Option<TimeSpan?> _grace = new("--grace")
    {
        Description = "How long a run may go on when the worker is told to end (SIGTERM), such as 2m; after it the run is handed back. 25s where it is not given.",
        HelpName = "DURATION",
        CustomParser = result =>
        {
            if (Duration.Parse(result.Tokens[0].Value) is { } duration)
            {
                return duration;
            }
            result.AddError($"--grace {result.Tokens[0].Value} is not a duration. It looks like 25s or 2m.");
            return null;
        },
    };
    private readonly Option<string?> _healthUrls = new("--health-urls")
    {
        Description = "Answer /alive and /health (200 while the API answers) there, such as http://0.0.0.0:8091; nothing else is there. Off unless given.",
        HelpName = "URL",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create() => new WorkerCommand().Build();

    private Command Build()
    {
        var command = new Command("worker", "Execute runs of the control plane, one at a time, until Ctrl-C or SIGTERM. Variables of recipes come from this process's environment.")
        {
            _api.Api, _api.TokenFile, _name, _labels, _fileRoot, _grace, _healthUrls,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        try
        {
            var (address, token) = (_api.AddressOf(parsed), _api.TokenOf(parsed));
            await using var services = Host(parsed.GetValue(_healthUrls), provider => new Runner(new RunnerOptions
            {
                Api = address,
                Token = token,
                Name = parsed.GetValue(_name) ?? $"{Environment.MachineName}-{Environment.ProcessId}",
                Labels = parsed.GetValue(_labels) is { Length: > 0 } labels ? labels : ["default"],
                FileRoot = Path.GetFullPath(parsed.GetValue(_fileRoot)!),
                Grace = parsed.GetValue(_grace) ?? RunnerOptions.UsualGrace,
                Loggers = provider.GetRequiredService<ILoggerFactory>(),
            }));
            var host = services.Host;
            await host.StartAsync(CancellationToken.None);
            await host.Services.GetRequiredService<Runner>().RunAsync(stopping);
            await host.StopAsync(CancellationToken.None);
            return ExitCodes.Success;
        }
        catch (Exception e) when (e is ApiException or IOException or FormatException or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" })
        {
            Console.Error.WriteLine($"Error: {e.Message}");
            return ExitCodes.Failure;
        }
    }

    // With telemetry and logging of servers, but a server only where somebody wants to ask for its health.
    private static OwnedHost Host(string? healthUrls, Func<IServiceProvider, Runner> runner)
    {
        if (healthUrls is null)
        {
            var plain = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            Add(plain, runner);
            return new OwnedHost(plain.Build());
        }
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls(healthUrls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Add(builder, runner);
        builder.Services.AddHealthChecks().AddCheck<ApiHealth>("api");
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return new OwnedHost(app);
    }

    private static void Add(IHostApplicationBuilder builder, Func<IServiceProvider, Runner> runner)
    {
        builder.AddServiceDefaults("discovery-worker");
        builder.Services.AddSingleton(runner);
        // Signals are the program's, where the second one ends it at once.
        builder.Services.AddSingleton<IHostLifetime, SignalsElsewhere>();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Discovery", LogLevel.Information)
            // Who asks for its health learns it from the answer.
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        _ = Console.IsErrorRedirected
            ? builder.Logging.AddJsonConsole(options => options.TimestampFormat = "O")
            : builder.Logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss "));
    }

    private sealed class SignalsElsewhere : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    // Telemetry is flushed by disposing of the host without blocking.
    private sealed class OwnedHost(IHost host) : IAsyncDisposable
    {
        public IHost Host { get; } = host;

        public ValueTask DisposeAsync()
        {
            if (Host is IAsyncDisposable asynchronous)
            {
                return asynchronous.DisposeAsync();
            }
            Host.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
