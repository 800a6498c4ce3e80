using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Discovery.Ingestion.Sinks.Files;

/// <summary>What the kernel keeps in memory of a file that is being written.</summary>
/// <remarks>
/// A large file fills the memory with pages that nobody reads soon, and each new page has to be found first, which on a virtual
/// machine can cost more than the rest of the write. Pages that are given back are used again for the next ones.
/// </remarks>
internal static class WrittenPages
{
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    /// <summary>Puts everything on the disk and gives the memory back, where the system has a call for that; elsewhere nothing.</summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public static void Release(FileStream file)
    {
        if (OperatingSystem.IsLinux())
        {
            // Only what is on the disk can be given back.
            file.Flush(flushToDisk: true);
            // Advice: a system that does not follow it is slower, and no worse.
            _ = posix_fadvise(file.SafeFileHandle, 0, 0, DontNeed);
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_fadvise(SafeFileHandle file, nint offset, nint length, int advice);
}
