using Discovery.Catalog.Endpoints;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Catalog.Pages;

/// <summary>The pages that people see.</summary>
internal static class PageEndpoints
{
    private static readonly string[] ReadMethods = ["GET", "HEAD"];

    /// <summary>Adds what the pages are rendered with.</summary>
    public static void AddServices(IServiceCollection services) =>
        services.AddScoped(provider => new EntityReader(provider.GetRequiredService<CatalogStore>().ReadEntity));

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AddEndpointFilter(TellFaultsAsync);
        pages.MapMethods("/", ReadMethods, ShowFirst);
        pages.MapMethods("/search", ReadMethods, ShowSearch);
        pages.MapMethods("/browse", ReadMethods, ShowBrowse);
        pages.MapMethods("/changes", ReadMethods, ShowChanges);
        pages.MapMethods("/run", ReadMethods, ShowRun);
        pages.MapMethods("/dataset/{**urn}", ReadMethods, ShowEntity);
        pages.MapMethods("/entity/{**urn}", ReadMethods, ShowEntity);
    }

    private static RazorComponentResult<FirstPage> ShowFirst(HttpContext context, CatalogStore store, SearchIndex index, TimeProvider time) =>
        new(new { Model = FirstPageModel.Read(store, index, time.GetUtcNow(), $"{context.Request.Scheme}://{context.Request.Host}") });

    private static RazorComponentResult<SearchPage> ShowSearch(HttpContext context, SearchIndex index)
    {
        var search = SearchQuery.Read(context.Request.Query);
        try
        {
            return new(new { Search = search, Answer = index.Search(search.ToRequest()) });
        }
        catch (CatalogException fault) when (fault.Fault == CatalogFault.Argument)
        {
            return new(new { Search = search, Fault = fault.Message }) { StatusCode = StatusCodes.Status400BadRequest };
        }
    }

    private static RazorComponentResult<BrowsePage> ShowBrowse(HttpContext context, SearchIndex index)
    {
        var query = context.Request.Query;
        var platform = query["platform"].ToString();
        var model = BrowseModel.Read(index, platform.Length == 0 ? null : platform, [.. query["path"].OfType<string>()], SearchQuery.ReadPage(query));
        return new(new { Model = model });
    }

    private static RazorComponentResult<ChangesPage> ShowChanges(HttpContext context, CatalogStore store, SearchIndex index, TimeProvider time)
    {
        var query = context.Request.Query;
        var days = ChangesModel.Periods.FirstOrDefault(days => query["days"] == PageAddress.Number(days), ChangesModel.Periods[0]);
        return new(new { Model = ChangesModel.Read(store, index, time.GetUtcNow(), days, SearchQuery.ReadPage(query)) });
    }

    private static RazorComponentResult<RunPage> ShowRun(HttpContext context, CatalogStore store)
    {
        var run = context.Request.Query["id"].ToString();
        var page = SearchQuery.ReadPage(context.Request.Query);
        var rows = store.DescribeRun(run, (page - 1) * RunPage.PageSize, RunPage.PageSize + 1, includeSoft: true);
        return new(new { RunId = run, Page = page, Rows = rows.Take(RunPage.PageSize).ToList(), HasMore = rows.Count > RunPage.PageSize });
    }

    private static IResult ShowEntity(HttpContext context, CatalogStore store, SearchIndex index, EntityReader entities)
    {
        // A urn may have slashes in it.
        var urn = string.Join('/', RawPath.PartsAfter(context, 1));
        return EntityPages.Read(urn, context.Request.Query, store, index, entities) is { } model
            ? new RazorComponentResult<EntityPage>(new { Model = model })
            : Message(StatusCodes.Status404NotFound, "Not in the catalog", $"The catalog has no {urn}.");
    }

    private static async ValueTask<object?> TellFaultsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (CatalogException fault)
        {
            return fault.Fault switch
            {
                CatalogFault.NotFound => Message(StatusCodes.Status404NotFound, "Not in the catalog", fault.Message),
                CatalogFault.Unavailable => Message(StatusCodes.Status503ServiceUnavailable, "Not available now", fault.Message),
                _ => Message(StatusCodes.Status400BadRequest, "This cannot be shown", fault.Message),
            };
        }
    }

    private static RazorComponentResult<MessagePage> Message(int status, string title, string message) =>
        new(new { Title = title, Message = message }) { StatusCode = status };
}
