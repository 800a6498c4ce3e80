using System.Globalization;
using System.Text;

namespace Discovery.Web.Storage;

/// <summary>A file by which one process at a time has a folder; it holds the id of that process.</summary>
public static class FolderLock
{
    /// <summary>Takes it, until what is returned is disposed of; null where another process has it.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written to.</exception>
    public static IDisposable? TryTake(string file)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
        stream.SetLength(0);
        stream.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        stream.Flush();
        return stream;
    }
}
