using System.ComponentModel;
using System.Diagnostics;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Discovery.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Ingestion.Api.Endpoints;

/// <summary><c>/api/v1/runs</c></summary>
internal static class RunEndpoints
{
    public static void Map(IEndpointRouteBuilder runs)
    {
        runs.MapPost("/", QueueAsync).Require(AccessRole.Operator).WithName("startRun").WithSummary("Queues a run")
            .WithDescription("With the header Idempotency-Key the same request again gives the same run, with 200.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        runs.MapGet("/", List).Require(AccessRole.Viewer).WithName("listRuns").WithSummary("Runs, the newest first").ProducesProblem(StatusCodes.Status400BadRequest);
        runs.MapGet("/{id}", Show).Require(AccessRole.Viewer).WithName("showRun").WithSummary("A run").ProducesProblem(StatusCodes.Status404NotFound);
        runs.MapGet("/{id}/report", Report).Require(AccessRole.Viewer).WithName("showReport").WithSummary("The report of a run that has ended")
            .Produces<object>(contentType: "application/json").ProducesProblem(StatusCodes.Status404NotFound);
        runs.MapPost("/{id}/cancel", CancelAsync).Require(AccessRole.Operator).WithName("cancelRun").WithSummary("Ends a run that waits, and asks the worker of one that runs to end it")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Created<RunView>, Ok<RunView>>> QueueAsync(
        HttpContext context, RunRequests requests, ActiveRuns active, Body<RunRequest> body, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey = null)
    {
        var (run, isNew) = await requests.QueueAsync(body.Value, context.User.Identity?.Name, idempotencyKey, Activity.Current?.Id);
        var view = active.View(run);
        return isNew ? TypedResults.Created($"{ApiRoutes.Prefix}/runs/{run.Id}", view) : TypedResults.Ok(view);
    }

    private static Ok<Page<RunView>> List(
        ControlStore store, ActiveRuns active,
        [Description("Name of a recipe")] string? recipe = null,
        [Description("queued, running, succeeded, failed or cancelled")] string? state = null,
        [Description("run, dry_run or preview")] string? kind = null,
        [Description("manual, schedule or retry")] string? trigger = null,
        [Description("Name of a worker")] string? worker = null,
        [Description(Query.LimitDescription)] int limit = Query.DefaultLimit,
        [Description(Query.CursorDescription)] string? cursor = null)
    {
        var filter = new RunFilter(recipe, Query.Word<RunState>("state", state), Query.Word<RunKind>("kind", kind), Query.Word<RunTrigger>("trigger", trigger), worker);
        var most = Query.Limit(limit);
        var before = Query.Cursor(cursor);
        var runs = store.Read(connection => new RunTable(connection).List(filter, before, most + 1));
        return TypedResults.Ok(runs.ToPage(most, active.View, run => run.Id));
    }

    private static Ok<RunView> Show(ControlStore store, ActiveRuns active, string id) => TypedResults.Ok(active.View(Find(store, id)));

    private static ContentHttpResult Report(ControlStore store, string id) =>
        TypedResults.Content(
            store.Read(connection => new RunTable(connection).Report(id))
                ?? throw new Refusal(404, Find(store, id).HasEnded ? $"Run {id} ended without a report." : $"Run {id} has not ended yet, and has its report then."),
            "application/json");

    private static async Task<Ok<RunView>> CancelAsync(HttpContext context, RunRequests requests, ActiveRuns active, string id) =>
        TypedResults.Ok(active.View(await requests.CancelAsync(id, RunRequests.CancelReason(context.User.Identity?.Name))));

    private static RunRow Find(ControlStore store, string id) => store.Read(connection => new RunTable(connection).Find(id)) ?? throw Refusal.NoRun(id);
}
