using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Discovery.Ingestion.Control;

namespace Discovery.Integration.Tests.Images;

/// <summary>Catalog, API and worker, each a container of its image.</summary>
[Collection<BuiltImagesCollection>, Trait("Category", "Long")]
public sealed class PlatformTests(BuiltImages images)
{
    [Fact(Timeout = 240_000)]
    public async Task Catalog_API_and_worker_ingest_a_scheduled_recipe_and_end_when_they_are_told_to()
    {
        images.Require();
        await using var containers = await Containers.StartAsync();
        var (metadata, control, recipes, tokens) = (containers.Folder("catalog"), containers.Folder("control"), containers.Folder("recipes"), containers.Folder("tokens"));
        MetadataRecipe.Write(recipes, """
            sink: { type: datahub-rest, config: { server: "http://catalog:8080", token: "${CATALOG_TOKEN}" } }
            deployment: { schedule: "0 3 1 1 *", time_zone: Asia/Tokyo }
            """);
        var operatorToken = await TokenAsync("api", tokens, "api", "token", "person", "--role", "operator", "--tokens", "/data/tokens");
        containers.Set("DISCOVERY_WORKER_TOKEN", await TokenAsync("api", tokens, "api", "token", "runner", "--role", "worker", "--tokens", "/data/tokens"));
        containers.Set("CATALOG_TOKEN", await TokenAsync("catalog", metadata, "catalog", "token", "--data", "/data", "--subject", "runner", "--role", "operator"));

        var catalog = await containers.ServeAsync("catalog", 8080, ["--volume", $"{metadata}:/data"], "catalog", "--data=/data", "--urls=http://0.0.0.0:8080", "--allow-host=catalog");
        var api = await containers.ServeAsync(
            "api", 8090, ["--volume", $"{control}:/data", "--volume", $"{recipes}:/recipes:ro", "--volume", $"{tokens}:/run/tokens:ro"],
            "api", "--data=/data", "--recipes=/recipes", "--tokens=/run/tokens/tokens", "--urls=http://0.0.0.0:8090", "--allow-host=api");
        var worker = await containers.ServeAsync(
            "worker", 8091, ["--volume", $"{recipes}:/recipes:ro"],
            "worker", "--api=http://api:8090", "--name=runner", "--file-root=/recipes/files", "--health-urls=http://0.0.0.0:8091", "--grace=5s");
        await HealthyAsync(catalog);
        await HealthyAsync(api);
        await HealthyAsync(worker);

        using var client = new HttpClient { BaseAddress = api, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", operatorToken) } };
        using var answer = await client.PostAsJsonAsync("api/v1/runs", new RunRequest("orders"), ControlJson.Options, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var run = (await answer.Content.ReadFromJsonAsync<RunView>(ControlJson.Options, TestContext.Current.CancellationToken))!;
        while (run.Ended is null)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            run = (await client.GetFromJsonAsync<RunView>($"api/v1/runs/{run.Id}", ControlJson.Options, TestContext.Current.CancellationToken))!;
        }
        Assert.True(run.State == RunState.Succeeded, $"{run.Reason} {await containers.LogAsync("worker")}");

        // The image has the rules of time zones: three in the morning there.
        var recipe = await client.GetFromJsonAsync<RecipeView>("api/v1/recipes/orders", ControlJson.Options, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromHours(9), recipe!.Schedule!.NextFirings[0].Offset);

        foreach (var service in new[] { "worker", "api", "catalog" })
        {
            Assert.Equal(0, await containers.TerminateAsync(service));
            Assert.DoesNotMatch("(?i)read-only|denied|unhandled", await containers.LogAsync(service));
        }

        async Task<string> TokenAsync(string service, string folder, params string[] arguments)
        {
            var made = await containers.RunAsync(Containers.Image(service), ["--volume", $"{folder}:/data"], arguments);
            Assert.True(made.ExitCode == 0, made.Error);
            return made.Output.Trim();
        }
    }

    private static async Task HealthyAsync(Uri server)
    {
        using var client = new HttpClient { BaseAddress = server };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("health", TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
