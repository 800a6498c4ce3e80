using System.Globalization;
using System.Text;
using Discovery.Web.Hosting;

namespace Discovery.Ingestion.Api.Store;

/// <summary>The folder of a store, which one process has at a time.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly FileStream _lock;

    private StoreFolder(string path, FileStream @lock)
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
        return new StoreFolder(path, Lock(path));
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        var file = Path.Combine(path, "control.lock");
        try
        {
            var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            stream.SetLength(0);
            stream.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            stream.Flush();
            return stream;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ControlException($"The folder {path} cannot be written to: {e.Message}");
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new ControlException($"{path} is in use by another control plane: end that one, or choose another folder with --data.");
        }
    }
}
