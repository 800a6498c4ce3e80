using System.Diagnostics;
using System.Globalization;
using System.Text;
using Discovery.Ingestion.Api.Recipes;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Reports;
using Discovery.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Ingestion.Api.Pages;

/// <summary>The pages that people see.</summary>
internal static class PageEndpoints
{
    private const long MostBytesOfForm = 4 << 10;

    private static readonly string[] ReadMethods = ["GET", "HEAD"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        PageFiles.LiveRun.Map(routes);
        // The OpenAPI document tells of the API alone.
        var pages = routes.MapGroup(PageAddress.Recipes).ExcludeFromDescription().AddEndpointFilter(TellFaultsAsync);
        var views = pages.MapGroup("").Require(AccessRole.Viewer);
        views.MapMethods("", ReadMethods, ShowRecipes);
        views.MapMethods("/recipes/{name}", ReadMethods, ShowRecipe);
        views.MapMethods("/runs", ReadMethods, ShowRuns);
        views.MapMethods("/runs/{id}", ReadMethods, ShowRun);
        views.MapMethods("/runs/{id}/changes", ReadMethods, ShowChanges);
        views.MapMethods("/runs/{id}/log", ReadMethods, ShowLog);
        var forms = pages.MapGroup("").Require(AccessRole.Operator).AcceptForms().WithMetadata(new RequestSizeLimitAttribute(MostBytesOfForm));
        forms.MapPost("/recipes/{name}/runs", StartAsync);
        forms.MapPost("/runs/{id}/cancel", CancelAsync);
    }

    /// <summary>Leads from the address of the server to the recipes, where no other part of the host is there.</summary>
    public static void MapFirst(IEndpointRouteBuilder routes) => routes.MapMethods("/", ReadMethods, () => TypedResults.LocalRedirect(PageAddress.Recipes)).ExcludeFromDescription();

    private static RazorComponentResult<RecipesPage> ShowRecipes(HttpContext context, RecipeBook book, RecipeViews views, Workers workers, TimeProvider time, string? cursor = null) =>
        new(new { Model = RecipesModel.Read(book, views, workers, time.GetUtcNow(), cursor), MayOperate = context.May(AccessRole.Operator) });

    private static RazorComponentResult<RecipePage> ShowRecipe(HttpContext context, RecipeViews views, ControlStore store, ActiveRuns active, TimeProvider time, string name) =>
        new(new
        {
            Model = RecipePageModel.Read(views, store, active, time.GetUtcNow(), name) ?? throw new Refusal(404, $"There is no recipe {name}."),
            MayOperate = context.May(AccessRole.Operator),
        });

    private static RazorComponentResult<RunsPage> ShowRuns(HttpRequest request, ControlStore store, ActiveRuns active, RecipeBook recipes) =>
        new(new { Model = RunsModel.Read(store, active, recipes, request.Query) });

    private static RazorComponentResult<RunPage> ShowRun(HttpContext context, ControlStore store, ActiveRuns active, Workers workers, TimeProvider time, string id) =>
        new(new
        {
            Model = RunPageModel.Read(store, active, workers, time.GetUtcNow(), id) ?? throw new Refusal(404, $"There is no run {id}, or it is not kept any more."),
            MayOperate = context.May(AccessRole.Operator),
        });

    private static RazorComponentResult<ChangesPage> ShowChanges(HttpRequest request, ControlStore store, ActiveRuns active, string id) =>
        new(new { Model = ChangesModel.Read(store, active, id, request.Query) ?? throw new Refusal(404, $"There is no run {id} that was compared, or it is not kept any more.") });

    private static PushStreamHttpResult ShowLog(RunStream stream, string id, CancellationToken cancellationToken)
    {
        if (stream.Find(id) is null)
        {
            throw new Refusal(404, $"There is no run {id}, or it is not kept any more.");
        }
        return TypedResults.Stream(async output =>
        {
            await using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            await foreach (var (_, lines) in stream.ReadAsync(id, after: 0, follow: false, cancellationToken))
            {
                foreach (var line in lines)
                {
                    await text.WriteLineAsync($"{line.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {Word.Of(line.Level),-7} {PrintableText.Of(line.Text)}");
                }
            }
        }, "text/plain; charset=utf-8");
    }

    private static async Task<IResult> StartAsync(HttpContext context, RunRequests requests, string name)
    {
        var form = await ReadFormAsync(context);
        if (!Word.TryRead<RunKind>(form["kind"].ToString(), out var kind) || form["key"].ToString() is not { Length: > 0 } key)
        {
            throw new Refusal(400, "Send the form of the page.");
        }
        var (run, _) = await requests.QueueAsync(new RunRequest(name, kind), context.User.Identity?.Name, key, Activity.Current?.Id);
        return SeeOther(context, PageAddress.Run(run.Id));
    }

    private static async Task<IResult> CancelAsync(HttpContext context, RunRequests requests, string id)
    {
        await requests.CancelAsync(id, RunRequests.CancelReason(context.User.Identity?.Name));
        return SeeOther(context, PageAddress.Run(id));
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpContext context)
    {
        try
        {
            return context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        }
        catch (InvalidDataException)
        {
            return FormCollection.Empty;
        }
    }

    private static StatusCodeHttpResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static async ValueTask<object?> TellFaultsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Refusal e)
        {
            return Message(e.Status, e.Status == StatusCodes.Status404NotFound ? "Not found" : "This cannot be done", e.Message);
        }
        catch (StoreUnavailableException e)
        {
            return Message(StatusCodes.Status503ServiceUnavailable, "Not available now", e.Message);
        }
    }

    private static RazorComponentResult<MessagePage> Message(int status, string title, string message) =>
        new(new { Title = title, Message = message }) { StatusCode = status };
}
