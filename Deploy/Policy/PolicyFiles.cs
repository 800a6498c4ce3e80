using System.Text;
using Discovery.Deploy.Output;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy;

/// <summary>Reads the files and folders that are to be checked.</summary>
internal static class PolicyFiles
{
    // What else may hold a secret; manifests and values are .yaml, .yml and .json.
    private static readonly HashSet<string> Extensions = new([".yaml", ".yml", ".json", ".py", ".sh", ".md", ".txt", ".env", ".properties", ".tpl"], StringComparer.OrdinalIgnoreCase);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads files, and of folders all that are text; hidden files and folders are left out.</summary>
    /// <param name="paths">Files and folders that are there.</param>
    /// <param name="faults">Gets what could not be read.</param>
    public static IReadOnlyList<OutputFile> Read(IEnumerable<string> paths, ICollection<Finding> faults)
    {
        var files = new List<OutputFile>();
        foreach (var path in paths.SelectMany(FilesIn).Distinct(StringComparer.Ordinal))
        {
            if (!Extensions.Contains(Path.GetExtension(path)))
            {
                faults.Add(Fault(path, "is not checked: names of manifests and chart values end in .yaml, .yml or .json; rename it"));
            }
            else if (Read(path, faults) is { } text)
            {
                files.Add(new OutputFile(path, text));
            }
        }
        return files;
    }

    private static IEnumerable<string> FilesIn(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System | FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(path, "*", options)
            .Where(file => Extensions.Contains(Path.GetExtension(file)) && !Path.GetRelativePath(path, file).Split('/', '\\').Any(part => part.StartsWith('.')))
            // An empty file says nothing, and a pipe, which has no length either, would never end.
            .Where(file => new FileInfo(file).Length > 0)
            .Select(file => file.Replace('\\', '/')).Order(StringComparer.Ordinal);
    }

    private static string? Read(string path, ICollection<Finding> faults)
    {
        try
        {
            if (new FileInfo(path).Length > ReadingLimits.Bytes)
            {
                faults.Add(Fault(path, $"is larger than {ReadingLimits.Bytes / 1024 / 1024} MiB, and is not read"));
                return null;
            }
            var text = Utf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                return text;
            }
            faults.Add(Fault(path, "is no text: it has bytes of zero"));
        }
        catch (DecoderFallbackException)
        {
            faults.Add(Fault(path, "is no text in UTF-8"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add(Fault(path, $"cannot be read: {fault.Message}"));
        }
        return null;
    }

    private static Finding Fault(string path, string message) => new(path, 0, IsWarning: false, "file", "", message);
}
