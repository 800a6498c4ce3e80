using System.Collections.Concurrent;
using Discovery.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Discovery.Web.Tests.Telemetry;

public sealed partial class TelemetryTests
{
    [Fact]
    public void The_stand_in_has_the_members_of_the_package() => PublicMembersFile.Check(typeof(OpenTelemetryBuilder).Assembly);

    [Fact]
    public async Task Traces_metrics_and_logs_go_to_the_endpoint_that_is_configured()
    {
        var received = new ConcurrentDictionary<string, bool>();
        await using var collector = await StartAsync(app => app.MapPost("/{**path}", (HttpContext context) =>
        {
            received[context.Request.Path] = true;
            context.Response.ContentType = "application/x-protobuf";
        }));

        await using (var app = await StartAsync(app => app.MapGet("/", (ILogger<TelemetryTests> logger) => LogAsked(logger)), collector.Urls.First()))
        {
            using var client = new HttpClient();
            await client.GetStringAsync(app.Urls.First(), TestContext.Current.CancellationToken);
            await app.StopAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], received.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_made()
    {
        await using var app = await StartAsync(_ => { });
        Assert.Null(app.Services.GetService<TracerProvider>());
    }

    private static async Task<WebApplication> StartAsync(Action<WebApplication> map, string? collector = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        if (collector is not null)
        {
            builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
            builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        }
        builder.AddServiceDefaults("web-tests");
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Asked")]
    private static partial void LogAsked(ILogger logger);
}
