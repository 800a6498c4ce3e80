using System.Security;
using Discovery.Ingestion.Pipeline;

namespace Discovery.Ingestion.Sinks.Files;

/// <summary>
/// A file that is written under a name of its own, <c>.metadata.json.&lt;run id&gt;.partial</c> in the same folder, and gets its
/// final name when it is complete. Disposed before that it is removed, with the folders that were made for it, and an
/// earlier file stays as it was.
/// </summary>
internal sealed class PartialFile : IAsyncDisposable
{
    /// <summary>Bytes written between two visits to the disk.</summary>
    private const int Stretch = 16 << 20;

    private readonly string _partialPath;
    private readonly Stream _stream;
    private readonly Stack<string> _newFolders;
    private int _sinceDisk;
    private bool _ended;

    private PartialFile(string path, string partialPath, Stream stream, Stack<string> newFolders)
    {
        Path = path;
        _partialPath = partialPath;
        _stream = stream;
        _newFolders = newFolders;
    }

    /// <summary>Full path of the final name; of its target, where it is a symbolic link.</summary>
    public string Path { get; }

    /// <summary>Creates the partial file, and its folder where that is missing, as DataHub's client does.</summary>
    /// <param name="fileName">The final name.</param>
    /// <param name="runId">Id of the run.</param>
    /// <param name="create">Creates and opens a new file.</param>
    /// <exception cref="SinkException">The file cannot be created there.</exception>
    public static PartialFile Create(string fileName, string runId, Func<string, Stream> create)
    {
        var newFolders = new Stack<string>();
        try
        {
            var path = System.IO.Path.GetFullPath(fileName);
            RefuseDevice(path, fileName);
            var file = new FileInfo(path);
            path = file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            RefuseDevice(path, fileName);
            if (Directory.Exists(path) || System.IO.Path.EndsInDirectorySeparator(path))
            {
                throw new SinkException($"The sink cannot write '{fileName}': it is a folder. Name a file in it, such as '{System.IO.Path.Combine(fileName, "metadata.json")}'.");
            }
            var folder = System.IO.Path.GetDirectoryName(path)!;
            CreateFolder(folder, newFolders);
            var partialPath = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(path)}.{FileNamePart(runId)}.partial");
            DeleteLeftover(partialPath);
            return new PartialFile(path, partialPath, create(partialPath), newFolders);
        }
        catch (Exception exception) when (IsFileFault(exception))
        {
            RemoveEmpty(newFolders);
            throw new SinkException($"The sink cannot write '{fileName}': {exception.Message} Check the folder and its permissions.", exception);
        }
    }

    /// <summary>Opens a new file for writing, without a buffer of its own.</summary>
    /// <remarks>Locked, so that a second run of the same id neither deletes the file nor moves it into place half-written.</remarks>
    public static Stream CreateNew(string path) =>
        new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);

    /// <summary>Appends bytes.</summary>
    /// <exception cref="SinkException">The disk is full or the file cannot be written.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes).ConfigureAwait(false);
            _sinceDisk += bytes.Length;
            if (_sinceDisk >= Stretch && _stream is FileStream file)
            {
                _sinceDisk = 0;
                await Task.Run(() => WrittenPages.Release(file)).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsFileFault(exception))
        {
            throw WriteFault(exception);
        }
    }

    /// <summary>Makes sure that everything is on the disk and gives the file its final name.</summary>
    /// <exception cref="SinkException">That was not possible; an earlier file stays as it was.</exception>
    public async Task MoveIntoPlaceAsync()
    {
        try
        {
            if (_stream is FileStream file)
            {
                await Task.Run(() => file.Flush(flushToDisk: true)).ConfigureAwait(false);
            }
            await _stream.DisposeAsync().ConfigureAwait(false);
            if (!OperatingSystem.IsWindows() && File.Exists(Path))
            {
                // What only its owner may read stays so.
                File.SetUnixFileMode(_partialPath, File.GetUnixFileMode(Path));
            }
            File.Move(_partialPath, Path, overwrite: true);
            _ended = true;
        }
        catch (Exception exception) when (IsFileFault(exception))
        {
            throw WriteFault(exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        if (_ended)
        {
            return;
        }
        _ended = true;
        try
        {
            File.Delete(_partialPath);
            RemoveEmpty(_newFolders);
        }
        catch (Exception exception) when (IsFileFault(exception))
        {
            // The folder is gone or was locked meanwhile; the run's own fault is what people need to read.
        }
    }

    private static void CreateFolder(string folder, Stack<string> newFolders)
    {
        var missing = new Stack<string>();
        for (var next = folder; !Directory.Exists(next) && System.IO.Path.GetDirectoryName(next) is { } parent; next = parent)
        {
            missing.Push(next);
        }
        foreach (var next in missing)
        {
            Directory.CreateDirectory(next);
            newFolders.Push(next);
        }
    }

    /// <summary>Removes folders, the innermost first, up to one that is in use.</summary>
    private static void RemoveEmpty(Stack<string> folders)
    {
        while (folders.TryPop(out var folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>Deletes what a killed run of this id left; a new file is opened only where no name is in the way, links included.</summary>
    /// <exception cref="IOException">A run that is still at work holds it.</exception>
    private static void DeleteLeftover(string partialPath)
    {
        if (new FileInfo(partialPath) is { Exists: true, LinkTarget: null })
        {
            using var locked = new FileStream(partialPath, FileMode.Open, FileAccess.Write, FileShare.None);
        }
        File.Delete(partialPath);
    }

    private SinkException WriteFault(Exception exception) =>
        new($"The sink could not write '{Path}': {exception.Message} An earlier file of this name was left as it was.", exception);

    private static bool IsFileFault(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException;

    /// <summary>A file that is moved into place would replace the device itself.</summary>
    private static void RefuseDevice(string path, string fileName)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal) ||
            path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            throw new SinkException($"The sink cannot write '{fileName}': it is a device. Use the sink 'console' for standard output, 'blackhole' to keep nothing.");
        }
    }

    private static string FileNamePart(string runId) => string.Join('_', runId.Split(System.IO.Path.GetInvalidFileNameChars()));
}
