using Discovery.Web.Hosting;
using Discovery.Web.Storage;

namespace Discovery.Ingestion.Api.Store;

/// <summary>The folder of a store, which one process has at a time.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly IDisposable _lock;

    private StoreFolder(string path, IDisposable @lock)
    {
        Database = Path.Combine(path, "control.db");
        _lock = @lock;
    }

    public string Database { get; }

    /// <exception cref="ControlException">Another process has it, or it cannot be made.</exception>
    public static StoreFolder Open(string path)
    {
        try
        {
            PrivateFolder.Create(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ControlException($"The folder {path} cannot be made: {e.Message} Choose another one with --data.");
        }
        var folder = new StoreFolder(path, Lock(path));
        folder.CreatePrivate();
        return folder;
    }

    public void Dispose() => _lock.Dispose();

    // Recipes may have passwords in them, and the folder may be one that others made and can enter. SQLite gives the files beside it the same rights.
    private void CreatePrivate()
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(Database))
        {
            new FileStream(Database, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
    }

    private static IDisposable Lock(string path)
    {
        try
        {
            return FolderLock.TryTake(Path.Combine(path, "control.lock"))
                ?? throw new ControlException($"{path} is in use by another control plane: end that one, or choose another folder with --data.");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ControlException($"The folder {path} cannot be written to: {e.Message}");
        }
    }
}
