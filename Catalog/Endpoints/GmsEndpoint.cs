namespace Discovery.Catalog.Endpoints;

/// <summary>An endpoint of GMS, DataHub's metadata service, and what the catalog does with it.</summary>
/// <param name="Family">Whose error form it answers with.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Route">Its path; <c>{**urn}</c> at the end stands for a urn, with or without encoding.</param>
/// <param name="Action">Value of the query member <c>action</c> of Rest.li; null where there is none.</param>
/// <param name="Note">What is different, or missing; one sentence, may be empty where all is offered.</param>
/// <param name="Handle">Answers it; null where the catalog does not offer it.</param>
internal sealed record GmsEndpoint(GmsFamily Family, string Method, string Route, string? Action, string Note, Func<GmsRequest, Task>? Handle)
{
    /// <summary>How much of it is there.</summary>
    public Coverage Coverage { get; init; } = Handle is null ? Coverage.Not : Coverage.Offered;

    /// <summary>Whether it needs no token where others do.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether it reads, though it is asked by POST.</summary>
    public bool IsRead { get; init; }
}

/// <summary>The styles that GMS's endpoints come in; each has a form of errors of its own.</summary>
internal enum GmsFamily
{
    /// <summary><c>POST /entities?action=search</c>.</summary>
    RestLi,

    /// <summary><c>/openapi/...</c>.</summary>
    OpenApi,
}

/// <summary>How much of an endpoint the catalog offers.</summary>
internal enum Coverage
{
    Offered,
    Partly,
    Not,
}
