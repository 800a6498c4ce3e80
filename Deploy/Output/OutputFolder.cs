using System.Text;
using Discovery.Deploy.Policy;
using Discovery.Ingestion.Pipeline;

namespace Discovery.Deploy.Output;

/// <summary>A folder of rendered files. Files that no render wrote are left alone.</summary>
/// <param name="folder">The folder.</param>
public sealed class OutputFolder(string folder)
{
    private readonly string _path = Path.TrimEndingDirectorySeparator(folder);

    /// <summary>Compares the folder with what is rendered.</summary>
    /// <returns>The differences by path, in ordinal order.</returns>
    /// <exception cref="OutputException">The folder cannot be what it should.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file cannot be read.</exception>
    public IReadOnlyList<OutputChange> Compare(IReadOnlyList<OutputFile> files)
    {
        for (var parent = _path; !string.IsNullOrEmpty(parent); parent = Path.GetDirectoryName(parent))
        {
            if (File.Exists(parent))
            {
                throw new OutputException($"{parent} is a file; name a folder with --output.");
            }
        }
        var listed = RenderedList.Read(_path);
        var changes = new List<OutputChange>();
        foreach (var file in files)
        {
            var before = Read(file.Path);
            var after = new FolderFile(Encoding.UTF8.GetBytes(file.Text), file.IsExecutable);
            if (!after.IsSameAs(before))
            {
                changes.Add(new OutputChange(before is null ? OutputChangeKind.New : OutputChangeKind.Changed, file.Path, before, after, IsEdited(before, file.Path, listed)));
            }
        }
        var rendered = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in listed.Keys.Where(listedPath => !rendered.Contains(listedPath)))
        {
            if (Read(gone) is { } before)
            {
                changes.Add(new OutputChange(OutputChangeKind.Removed, gone, before, null, IsEdited(before, gone, listed)));
            }
        }
        return [.. changes.OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    /// <summary>Makes the folder what is rendered: all of it, or nothing.</summary>
    /// <param name="files">What is rendered.</param>
    /// <param name="force">Whether files that somebody changed are replaced and removed too.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="OutputException">Somebody changed files, DataHub must not be moved to the rendered version, or the folder cannot be what it should; nothing was changed.</exception>
    /// <exception cref="IOException">A file cannot be read or written; what was changed is as before.</exception>
    /// <exception cref="UnauthorizedAccessException">A file cannot be read or written; what was changed is as before.</exception>
    public IReadOnlyList<OutputChange> Write(IReadOnlyList<OutputFile> files, bool force)
    {
        var changes = Compare(files);
        RefuseUpgrades(changes);
        var edited = changes.Where(change => change.IsEdited).Select(change => change.Path).ToList();
        if (edited.Count > 0 && !force)
        {
            throw new OutputException(
                $"These files of {_path} are not as a render wrote them, so nothing was written:\n{string.Concat(edited.Select(file => $"  {file}\n"))}"
                + "See 'deploy diff'. Put the change into deploy.yml where it can be; --force replaces and removes them.");
        }
        var list = Encoding.UTF8.GetBytes(RenderedList.Write(files.Select(file => (file.Path, RenderedList.Hash(Encoding.UTF8.GetBytes(file.Text))))));
        var before = Read(RenderedList.FileName);
        if (changes.Count > 0 || before is null || !before.Bytes.AsSpan().SequenceEqual(list))
        {
            // The list comes last: whoever is interrupted before it can render again.
            FolderTransaction.Run(_path, [.. changes, new OutputChange(OutputChangeKind.Changed, RenderedList.FileName, before, new FolderFile(list, IsExecutable: false), IsEdited: false)]);
        }
        return changes;
    }

    private void RefuseUpgrades(IEnumerable<OutputChange> changes)
    {
        foreach (var change in changes.Where(change => change is { Before: not null, After: not null } && change.Path.EndsWith("/datahub/values.yaml", StringComparison.Ordinal)))
        {
            if (UpgradePath.Refusal(Encoding.UTF8.GetString(change.Before!.Bytes), UpgradePath.Rendered) is { } refusal)
            {
                throw new OutputException($"{Path.Combine(folder, change.Path)}: {refusal}. Nothing was written.");
            }
        }
    }

    private static bool IsEdited(FolderFile? file, string filePath, IReadOnlyDictionary<string, string> listed) =>
        file is not null && (!listed.TryGetValue(filePath, out var hash) || hash != RenderedList.Hash(file.Bytes));

    private FolderFile? Read(string filePath)
    {
        var full = Path.Combine(_path, filePath);
        if (RealPath.Of(full) != Path.Combine(RealPath.Of(_path), filePath))
        {
            throw new OutputException($"{full} is reached through a symbolic link inside of {_path}, and might lead anywhere; remove the link.");
        }
        if (Directory.Exists(full))
        {
            throw new OutputException($"{full} is a folder, and a file of this name is to be written; move it away.");
        }
        for (var parent = Path.GetDirectoryName(filePath); !string.IsNullOrEmpty(parent); parent = Path.GetDirectoryName(parent))
        {
            if (File.Exists(Path.Combine(_path, parent)))
            {
                throw new OutputException($"{Path.Combine(_path, parent)} is a file, and a folder of this name is needed; move it away.");
            }
        }
        // What has no length is not opened: a pipe would never end.
        return File.Exists(full) ? new FolderFile(new FileInfo(full).Length == 0 ? [] : File.ReadAllBytes(full), (File.GetUnixFileMode(full) & UnixFileMode.UserExecute) != 0) : null;
    }
}
