namespace Discovery.Ingestion.Api.Tests.Endpoints;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_is_the_one_that_clients_were_given()
    {
        await using var server = await ControlServer.StartAsync();
        var document = await server.Client.GetStringAsync("openapi.json", TestContext.Current.CancellationToken) + "\n";
        var kept = Path.Combine(SharedFolder.Root, "tests", "Ingestion.Api.Tests", "openapi.json");
        if (!File.Exists(kept) || await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken) != document)
        {
            var made = Path.Combine(Path.GetTempPath(), "openapi.json");
            await File.WriteAllTextAsync(made, document, TestContext.Current.CancellationToken);
            Assert.Fail($"The API has changed. Compare {made} with {kept}; if that is how it should be, put it there.");
        }
    }
}
