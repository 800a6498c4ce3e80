using System.Text;
using Discovery.Catalog.Store;
using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Tests.Store;

/// <summary>A store in a folder of its own, with words for what tests do with it.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public const string Actor = "urn:li:corpuser:test";

    private TestStore(string folder, bool keep)
    {
        Folder = folder;
        Keep = keep;
        Store = CatalogStore.Open(folder, TimeProvider.System);
        Store.Changed += changed => Changes.AddRange(changed);
    }

    public string Folder { get; }

    public CatalogStore Store { get; private set; }

    /// <summary>What the store told of changed entities, in order.</summary>
    public List<EntityState> Changes { get; } = [];

    private bool Keep { get; }

    public static TestStore Create() => new(Directory.CreateTempSubdirectory("catalog-").FullName, keep: false);

    public static TestStore In(string folder) => new(folder, keep: true);

    public static string Dataset(string name) => $"urn:li:dataset:(urn:li:dataPlatform:mysql,{name},PROD)";

    public static AspectChange Change(string urn, string aspect, string json, ChangeKind kind = ChangeKind.Upsert, string run = "r1", WriteConditions? conditions = null)
    {
        var parsed = Urn.Parse(urn);
        return new AspectChange(
            parsed, AspectRegistry.Instance.Entities[parsed.EntityType], AspectRegistry.Instance.Aspects[aspect], kind, Encoding.UTF8.GetBytes(json),
            new SystemMetadata(1_700_000_000_000, run, null), conditions ?? WriteConditions.None);
    }

    public static AspectChange Description(string urn, string text, ChangeKind kind = ChangeKind.Upsert, string run = "r1", WriteConditions? conditions = null) =>
        Change(urn, "datasetProperties", $$"""{"description":"{{text}}"}""", kind, run, conditions);

    public Task<IReadOnlyList<WrittenAspect>> WriteAsync(params AspectChange[] changes) => Store.WriteAsync(changes, Actor, TestContext.Current.CancellationToken);

    public string? Text(string urn, string aspect, long version = 0) => Store.Read(urn, aspect, version) is { } stored ? Encoding.UTF8.GetString(stored.Value.Span) : null;

    public string SystemMetadata(string urn, string aspect) => Encoding.UTF8.GetString(Store.Read(urn, aspect)!.SystemMetadata.Span);

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = CatalogStore.Open(Folder, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (!Keep)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
