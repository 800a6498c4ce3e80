namespace Discovery.Metadata.Files;

/// <summary>One element of a metadata file, found by its brackets and not yet parsed.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
/// <param name="Line">Line in which it starts, from 1.</param>
/// <param name="Offset">Bytes of the file before it.</param>
/// <param name="Json">Its text; valid until the next element is asked for. Empty when there is a fault.</param>
/// <param name="Fault">Why it cannot be read; null when it can.</param>
public readonly record struct FileElement(long Index, long Line, long Offset, ReadOnlyMemory<byte> Json, string? Fault);
