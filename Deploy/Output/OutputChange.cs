namespace Discovery.Deploy.Output;

/// <summary>What becomes of a file of the output folder.</summary>
public enum OutputChangeKind
{
    /// <summary>It is not there yet.</summary>
    New,

    /// <summary>It is there with another content or mode.</summary>
    Changed,

    /// <summary>An earlier render wrote it, and this one does not.</summary>
    Removed,
}

/// <summary>One difference between a folder and what is rendered.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Path">Path below the folder, with slashes.</param>
/// <param name="Before">What is there; null for nothing.</param>
/// <param name="After">What is rendered; null for nothing.</param>
/// <param name="IsEdited">Whether what is there is not what a render wrote.</param>
public sealed record OutputChange(OutputChangeKind Kind, string Path, FolderFile? Before, FolderFile? After, bool IsEdited);

/// <summary>Content and mode of a file.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="IsExecutable">Whether its owner may execute it.</param>
public sealed record FolderFile(byte[] Bytes, bool IsExecutable)
{
    /// <summary>Whether two files are the same.</summary>
    public bool IsSameAs(FolderFile? other) => other is not null && IsExecutable == other.IsExecutable && Bytes.AsSpan().SequenceEqual(other.Bytes);
}
