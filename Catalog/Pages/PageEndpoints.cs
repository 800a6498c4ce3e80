using Discovery.Catalog.Endpoints;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
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
        Page<FirstPage>((nameof(FirstPage.Model), FirstPageModel.Read(store, index, time.GetUtcNow(), $"{context.Request.Scheme}://{context.Request.Host}")));

    private static RazorComponentResult<SearchPage> ShowSearch(HttpContext context, SearchIndex index)
    {
        var search = SearchQuery.Read(context.Request.Query);
        try
        {
            return Page<SearchPage>((nameof(SearchPage.Search), search), (nameof(SearchPage.Answer), index.Search(search.ToRequest())));
        }
        catch (CatalogException fault) when (fault.Fault == CatalogFault.Argument)
        {
            return Page<SearchPage>(StatusCodes.Status400BadRequest, (nameof(SearchPage.Search), search), (nameof(SearchPage.Fault), fault.Message));
        }
    }

    private static RazorComponentResult<BrowsePage> ShowBrowse(HttpContext context, SearchIndex index)
    {
        var query = context.Request.Query;
        var platform = query["platform"].ToString();
        var model = BrowseModel.Read(index, platform.Length == 0 ? null : platform, [.. query["path"].OfType<string>()], SearchQuery.ReadPage(query));
        return Page<BrowsePage>((nameof(BrowsePage.Model), model));
    }

    private static RazorComponentResult<ChangesPage> ShowChanges(HttpContext context, CatalogStore store, SearchIndex index, TimeProvider time)
    {
        var query = context.Request.Query;
        var days = ChangesModel.Periods.FirstOrDefault(days => query["days"] == PageAddress.Number(days), ChangesModel.Periods[0]);
        return Page<ChangesPage>((nameof(ChangesPage.Model), ChangesModel.Read(store, index, time.GetUtcNow(), days, SearchQuery.ReadPage(query))));
    }

    private static RazorComponentResult<RunPage> ShowRun(HttpContext context, CatalogStore store)
    {
        var run = context.Request.Query["id"].ToString();
        var page = SearchQuery.ReadPage(context.Request.Query);
        var rows = store.DescribeRun(run, (page - 1) * RunPage.PageSize, RunPage.PageSize + 1, includeSoft: true);
        return Page<RunPage>(
            (nameof(RunPage.RunId), run), (nameof(RunPage.Page), page),
            (nameof(RunPage.Rows), rows.Take(RunPage.PageSize).ToList()), (nameof(RunPage.HasMore), rows.Count > RunPage.PageSize));
    }

    private static IResult ShowEntity(HttpContext context, CatalogStore store, SearchIndex index, EntityReader entities)
    {
        // A urn may have slashes in it.
        var urn = string.Join('/', RawPath.PartsAfter(context, 1));
        return EntityPages.Read(urn, context.Request.Query, store, index, entities) is { } model
            ? Page<EntityPage>((nameof(EntityPage.Model), model))
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
        Page<MessagePage>(status, (nameof(MessagePage.Title), title), (nameof(MessagePage.Message), message));

    private static RazorComponentResult<T> Page<T>(params ReadOnlySpan<(string Name, object Value)> parameters) where T : IComponent =>
        Page<T>(StatusCodes.Status200OK, parameters);

    private static RazorComponentResult<T> Page<T>(int status, params ReadOnlySpan<(string Name, object Value)> parameters) where T : IComponent
    {
        var named = new Dictionary<string, object?>();
        foreach (var (name, value) in parameters)
        {
            named[name] = value;
        }
        return new RazorComponentResult<T>(named) { StatusCode = status };
    }
}
