namespace Discovery.Deploy.Output;

/// <summary>
/// Changes files of a folder, all or none. New contents are written beside, in <c>.rendering</c>, before the first file is touched; each
/// file then changes in one step, and changes back when a later one fails.
/// </summary>
internal sealed class FolderTransaction
{
    private const string StagingName = ".rendering";

    private const UnixFileMode Script =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _folder;
    private readonly string _staging;
    private readonly Stack<Action> _undo = new();
    private bool _isUndone = true;

    private FolderTransaction(string folder)
    {
        _folder = folder;
        _staging = Path.Combine(folder, StagingName);
    }

    /// <summary>Makes the changes in their order.</summary>
    /// <exception cref="IOException">Not all could be made; the folder is as before.</exception>
    /// <exception cref="UnauthorizedAccessException">Not all could be made; the folder is as before.</exception>
    public static void Run(string folder, IReadOnlyList<OutputChange> changes) => new FolderTransaction(folder).Run(changes);

    private void Run(IReadOnlyList<OutputChange> changes)
    {
        MakeFolder(_folder);
        if (File.Exists(_staging) || new DirectoryInfo(_staging).LinkTarget is not null)
        {
            throw new OutputException($"{_staging} is no folder of a render (a file or a symbolic link is in its place); remove it.");
        }
        Directory.CreateDirectory(_staging);
        using var running = Lock();
        _undo.Push(DropStaging);
        try
        {
            for (var index = 0; index < changes.Count; index++)
            {
                Stage($"{index}.new", changes[index].After);
                Stage($"{index}.old", changes[index].Before);
            }
            for (var index = 0; index < changes.Count; index++)
            {
                Apply(changes[index], index);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Undo();
            if (!_isUndone)
            {
                throw new OutputException($"{fault.Message} What was changed before that could not all be changed back; the files as they were are in {_staging}, ending in .old.");
            }
            throw;
        }
        DropStaging();
    }

    // What a process left behind that was ended is written over; what one holds that runs is not.
    private FileStream Lock()
    {
        try
        {
            return new FileStream(Path.Combine(_staging, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new OutputException($"Another render writes to {_folder} at this moment ({fault.Message}).");
        }
    }

    private void Stage(string name, FolderFile? file)
    {
        if (file is null)
        {
            return;
        }
        var path = Path.Combine(_staging, name);
        File.Delete(path);
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(file.Bytes);
        stream.Flush(flushToDisk: true);
        File.SetUnixFileMode(path, file.IsExecutable ? Script : Plain);
    }

    private void Apply(OutputChange change, int index)
    {
        var target = Path.Combine(_folder, change.Path);
        var old = Path.Combine(_staging, $"{index}.old");
        if (change.After is null)
        {
            File.Delete(target);
            _undo.Push(() => File.Move(old, target));
            RemoveEmptyFolders(Path.GetDirectoryName(change.Path));
            return;
        }
        MakeFolder(Path.GetDirectoryName(target)!);
        File.Move(Path.Combine(_staging, $"{index}.new"), target, overwrite: true);
        _undo.Push(change.Before is null ? () => File.Delete(target) : () => File.Move(old, target, overwrite: true));
    }

    private void MakeFolder(string folder)
    {
        if (folder.Length == 0 || Directory.Exists(folder))
        {
            return;
        }
        MakeFolder(Path.GetDirectoryName(folder) ?? "");
        Directory.CreateDirectory(folder);
        _undo.Push(() => Directory.Delete(folder));
    }

    private void RemoveEmptyFolders(string? folder)
    {
        for (; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            var emptied = Path.Combine(_folder, folder);
            if (Directory.EnumerateFileSystemEntries(emptied).Any())
            {
                return;
            }
            Directory.Delete(emptied);
            _undo.Push(() => Directory.CreateDirectory(emptied));
        }
    }

    private void Undo()
    {
        while (_undo.TryPop(out var undo))
        {
            try
            {
                undo();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                _isUndone = false;
            }
        }
    }

    // Kept where it holds what could not be put back.
    private void DropStaging()
    {
        if (_isUndone)
        {
            Directory.Delete(_staging, recursive: true);
        }
    }
}
