using Discovery.Ingestion.Api;
using Discovery.Web.Access;
using Discovery.Web.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Discovery.EndToEnd.Tests;

/// <summary>A control plane in this process, in a folder of its own, on a free port of loopback.</summary>
internal sealed class ControlSite : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _app;

    private ControlSite(string folder, WebApplication app, string address) => (_folder, _app, Address) = (folder, app, address);

    /// <summary>Such as <c>http://127.0.0.1:41234</c>.</summary>
    public string Address { get; }

    /// <summary>Starts one.</summary>
    /// <param name="recipes">Names of files and what is in them.</param>
    /// <param name="access">Changes who may come in; gets the folder of the server.</param>
    public static async Task<ControlSite> StartAsync(IReadOnlyDictionary<string, string> recipes, Func<AccessSettings, string, AccessSettings>? access = null)
    {
        var folder = Directory.CreateTempSubdirectory("control-pages-").FullName;
        var recipeFolder = Path.Combine(folder, "recipes");
        Directory.CreateDirectory(recipeFolder);
        foreach (var (name, text) in recipes)
        {
            await File.WriteAllTextAsync(Path.Combine(recipeFolder, name), text);
        }
        var settings = new AccessSettings { Urls = ["http://127.0.0.1:0"], KeyFolder = folder };
        var builder = ServerHost.CreateBuilder("control-pages", access?.Invoke(settings, folder) ?? settings);
        // No run is lost because a test takes long.
        builder.Services.AddControlPlane(new ControlSettings { DataFolder = Path.Combine(folder, "data"), RecipeFolder = recipeFolder, Lease = TimeSpan.FromHours(1) });
        var app = builder.Build();
        app.UseServerDefaults();
        app.MapControlPlane();
        var addresses = await app.ListenAsync(CancellationToken.None);
        return new ControlSite(folder, app, addresses[0]);
    }

    public async ValueTask DisposeAsync()
    {
        // Pages that follow a run are not waited for.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
