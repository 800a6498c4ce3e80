using Discovery.Web.Hosting;
using Discovery.Web.Storage;

namespace Discovery.Catalog.Store;

/// <summary>The folder of a store, which one process has at a time.</summary>
internal sealed class StoreFolder : IDisposable
{
    public const string DatabaseName = "catalog.db";

    private readonly string _path;
    private readonly IDisposable _lock;

    private StoreFolder(string path, IDisposable @lock)
    {
        _path = path;
        Database = Path.Combine(path, DatabaseName);
        _lock = @lock;
    }

    public string Database { get; }

    /// <exception cref="CatalogException">Another process has it.</exception>
    public static StoreFolder Open(string path)
    {
        PrivateFolder.Create(path);
        return new StoreFolder(
            path,
            FolderLock.TryTake(Path.Combine(path, "catalog.lock"))
                ?? throw new CatalogException(CatalogFault.Unavailable, $"{path} is in use by another catalog: end that one, or choose another folder with --data."));
    }

    public string SearchSnapshot(string id) => Path.Combine(_path, $"search-{id}");

    public void DeleteSearchSnapshotsBut(string id)
    {
        foreach (var file in Directory.GetFiles(_path, "search-*").Where(file => file != SearchSnapshot(id)))
        {
            File.Delete(file);
        }
    }

    public void Dispose() => _lock.Dispose();
}
