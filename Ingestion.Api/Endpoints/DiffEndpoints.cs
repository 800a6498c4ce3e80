using System.ComponentModel;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Ingestion.Api.Endpoints;

/// <summary><c>/api/v1/runs/{id}/diff</c></summary>
internal static class DiffEndpoints
{
    public static void Map(IEndpointRouteBuilder runs) =>
        runs.MapGet("/{id}/diff", Show).WithName("showDiff").WithSummary("How a run differs from the last complete run of its recipe")
            .WithDescription("Counts for each database, and the tables and views themselves in parts. Nothing is removed for what is told here.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    private static Ok<RunDiff> Show(ControlStore store, string id, string? database = null, string? change = null,
        [Description(Query.LimitDescription)] int limit = Query.DefaultLimit, [Description(Query.CursorDescription)] long cursor = 0)
    {
        var (most, word) = (Query.Limit(limit), Query.Word<DiffChange>("change", change));
        return TypedResults.Ok(store.Read(connection =>
        {
            var run = new RunTable(connection).Find(id) ?? throw Refusal.NoRun(id);
            return new DiffTable(connection).Find(run, database, word, cursor, most)
                ?? throw new Refusal(404, run.HasEnded ? $"Run {id} was not compared." : $"Run {id} has not ended yet, and is compared then.");
        }));
    }
}
