using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Discovery.Deploy.Output;

/// <summary>
/// The file <c>.rendered</c> of an output folder: what the last render wrote, with the SHA-256 of each file, in the form that
/// <c>sha256sum --check</c> reads. It says which files are ours, and which somebody has changed since.
/// </summary>
internal static partial class RenderedList
{
    /// <summary>Its name.</summary>
    public const string FileName = ".rendered";

    /// <summary>The SHA-256 of a file as it is written in the list.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Writes the list.</summary>
    public static string Write(IEnumerable<(string Path, string Hash)> files) =>
        string.Concat(files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Hash}  {file.Path}\n"));

    /// <summary>Reads the list of a folder: the hash of each file by its path; empty where there is none.</summary>
    /// <exception cref="OutputException">It is none of ours.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return files;
        }
        var lines = File.ReadAllLines(path);
        for (var index = 0; index < lines.Length; index++)
        {
            // Files are removed by this list, so a path in it must not lead out of the folder, nor to hidden files such as .git/config, which no render writes.
            if (Line().Match(lines[index]) is not { Success: true } match || match.Groups["path"].Value.Split('/').Any(part => part.Length == 0 || part[0] == '.'))
            {
                throw new OutputException($"{path}:{index + 1}: not a line that a render wrote. Take the file back from Git; or remove it, and render with --force after a look at 'deploy diff'.");
            }
            files[match.Groups["path"].Value] = match.Groups["hash"].Value;
        }
        return files;
    }

    [GeneratedRegex(@"^(?<hash>[0-9a-f]{64})  (?<path>[^\\\p{C}]+)\z")]
    private static partial Regex Line();
}

/// <summary>Why the output cannot be written or compared, and what to do.</summary>
public sealed class OutputException(string message) : Exception(message);
