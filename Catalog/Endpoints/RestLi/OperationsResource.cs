namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary><c>/operations</c>: work of an administrator.</summary>
internal static class OperationsResource
{
    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.RestLi, "POST", "/operations", "restoreIndices", "The search index is never behind the store: there is nothing to restore.", RestoreIndicesAsync),
        new(GmsFamily.RestLi, "POST", "/operations", "getIndexSizes", "", null),
        new(GmsFamily.RestLi, "POST", "/operations", "truncateTimeseriesAspect", "", null),
        new(GmsFamily.RestLi, "POST", "/operations", "getEsTaskStatus", "There is no Elasticsearch.", null),
    ];

    /// <summary>Counts what would have been restored; the client shows the text.</summary>
    public static async Task RestoreIndicesAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var rows = arguments.TextOrNull("urn") is { } urn ? request.Store.ReadEntity(urn).Count : 0;
        await request.AnswerValueAsync(writer => writer.WriteStringValue($"{{gotLock: true, ignored: {rows}, rowsMigrated: 0}}"));
    }
}
