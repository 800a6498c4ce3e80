using Discovery.Ingestion.Api.Diffs;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Control;
using Discovery.ServiceDefaults;
using Discovery.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Ingestion.Api.Endpoints;

/// <summary><c>/api/v1/worker</c>, which workers alone may use, and <c>/api/v1/workers</c>, which tells of them.</summary>
internal static class WorkerEndpoints
{
    // 500 lines of 4,000 characters, of which JSON may need six bytes for each; a report may be 8 MB long.
    private const long MostBytesWithLines = 16L << 20;
    private const long MostBytesOfFinish = 24L << 20;

    // Tables may have 4,096 columns with comments.
    private const long MostBytesOfStructures = 64L << 20;

    public static void Map(IEndpointRouteBuilder worker)
    {
        worker.MapPost("/claims", ClaimAsync).WithName("claimRun").WithSummary("Takes a waiting run, and waits up to 20 seconds for one").ProducesProblem(StatusCodes.Status400BadRequest).WithoutTrace();
        worker.MapPost("/runs/{id}/beat", BeatAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytesWithLines)).WithName("beat").WithSummary("Renews the lease of a run, and tells how far it is")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).WithoutTrace();
        worker.MapPost("/runs/{id}/structures", StructuresAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytesOfStructures)).WithName("sendStructures").WithSummary("Brings what a run saw of datasets")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        worker.MapPost("/runs/{id}/finish", FinishAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytesOfFinish)).WithName("finishRun").WithSummary("Ends a run with its report")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        worker.MapPost("/runs/{id}/release", ReleaseAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytesWithLines)).WithName("releaseRun").WithSummary("Gives a run back to the queue")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
    }

    public static void MapList(IEndpointRouteBuilder api) =>
        api.MapGet("/workers", (Workers workers) => TypedResults.Ok(new Page<WorkerView>(workers.List(), Next: null))).Require(AccessRole.Viewer)
            .WithTags("Workers").WithName("listWorkers").WithSummary("Workers that were heard of within the last hour");

    private static async Task<Results<Ok<ClaimedRun>, NoContent>> ClaimAsync(RunClaims claims, Body<ClaimRequest> body, CancellationToken cancellationToken) =>
        await claims.ClaimAsync(body.Value, cancellationToken) is { } run ? TypedResults.Ok(run) : TypedResults.NoContent();

    private static async Task<Ok<BeatAnswer>> BeatAsync(HeldRuns runs, string id, Body<BeatRequest> body) => TypedResults.Ok(await runs.BeatAsync(id, body.Value));

    private static async Task<NoContent> StructuresAsync(RunDiffs diffs, string id, Body<StructureBatch> body)
    {
        await diffs.TakeAsync(id, body.Value);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> FinishAsync(HeldRuns runs, string id, Body<FinishRequest> body)
    {
        await runs.FinishAsync(id, body.Value);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReleaseAsync(HeldRuns runs, string id, Body<ReleaseRequest> body)
    {
        await runs.ReleaseAsync(id, body.Value);
        return TypedResults.NoContent();
    }
}
