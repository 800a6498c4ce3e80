using System.Globalization;
using Discovery.Web.Hosting;

namespace Discovery.Catalog.Store;

/// <summary>The folder of a store, which one process has at a time.</summary>
internal sealed class StoreFolder : IDisposable
{
    public const string DatabaseName = "catalog.db";

    private readonly string _path;
    private readonly FileStream _lock;

    private StoreFolder(string path, FileStream @lock)
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
        var lockFile = Path.Combine(path, "catalog.lock");
        FileStream stream;
        try
        {
            stream = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(lockFile))
        {
            throw new CatalogException(CatalogFault.Unavailable, $"{path} is in use by another catalog: end that one, or choose another folder with --data.");
        }
        stream.SetLength(0);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        stream.Flush();
        return new StoreFolder(path, stream);
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
