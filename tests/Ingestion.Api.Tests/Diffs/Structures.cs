using System.Net;
using System.Text.Json;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.State;

namespace Discovery.Ingestion.Api.Tests.Diffs;

/// <summary>Structures of tables, and what a worker does with them.</summary>
internal static class Structures
{
    public static string Urn(string name) => $"urn:li:dataset:(urn:li:dataPlatform:mysql,{name},PROD)";

    /// <summary>A table with the columns <c>id</c>, its key, and <c>name</c>.</summary>
    public static DatasetStructure Table(string name, params ColumnStructure[] columns) => new()
    {
        Urn = Urn(name),
        Name = name,
        Database = name[..Math.Max(0, name.LastIndexOf('.'))],
        Kind = "Table",
        Columns = columns.Length > 0 ? columns : [new("id", "int", false, null, true), new("name", "varchar(20)", true, null, false)],
        ForeignKeys = [],
    };

    /// <summary>A run that a worker claims, brings structures for and ends.</summary>
    public static async Task<RunView> RunAsync(
        this ControlServer server, IReadOnlyList<DatasetStructure> datasets, RunKind kind = RunKind.Run, RunState state = RunState.Succeeded, int? told = null, string recipe = "shop", string? report = null)
    {
        var run = await server.QueueAsync(recipe, kind);
        await server.ClaimAsync();
        foreach (var batch in datasets.Chunk(200))
        {
            await server.BringAsync(run.Id, batch);
        }
        using var response = await server.EndAsync(run.Id, told ?? datasets.Select(dataset => dataset.Urn).Distinct().Count(), state, report: report);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return await server.RunAsync(run.Id);
    }

    public static async Task BringAsync(this ControlServer server, string run, IReadOnlyList<DatasetStructure> datasets, string worker = "w1")
    {
        using var response = await server.PostAsync($"worker/runs/{run}/structures", new StructureBatch(ControlServer.Lease(worker), datasets));
        Assert.True(response.StatusCode == HttpStatusCode.NoContent, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static async Task<HttpResponseMessage> EndAsync(this ControlServer server, string run, int? told, RunState state = RunState.Succeeded, string worker = "w1", string? report = null) =>
        await server.PostAsync($"worker/runs/{run}/finish", new FinishRequest
        {
            Lease = ControlServer.Lease(worker),
            State = state,
            Datasets = told,
            Report = report is null ? null : JsonDocument.Parse(report).RootElement,
            Log = [],
        });

    public static Task<RunDiff> DiffAsync(this ControlServer server, string run, string query = "limit=200") => server.GetAsync<RunDiff>($"runs/{run}/diff?{query}");

    /// <summary>Rows of structures that the store has, and sets that they are in.</summary>
    public static (long Rows, long Sets) Kept(this ControlServer server) =>
        server.Store.Read(connection => (connection.Number("SELECT count(*) FROM structures")!.Value, connection.Number("SELECT count(*) FROM structure_sets")!.Value));
}
