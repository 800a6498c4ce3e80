using System.Collections.Frozen;
using System.Text;

namespace Discovery.Web.Access;

/// <summary>
/// The file of static tokens. That others may read it is no fault: a hash of 256 random bits gives nothing away. Whoever can write it
/// can let themselves in, so nobody but its owner may.
/// </summary>
internal static class StaticTokenFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Changes when the file does. Taken of what a link leads to: Kubernetes swaps links when it changes a secret.</summary>
    public sealed record Stamp(DateTime Written, long Length);

    /// <exception cref="AccessSettingsException">It cannot be read.</exception>
    public static Stamp StampOf(string path)
    {
        using var file = Open(path);
        return new Stamp(File.GetLastWriteTimeUtc(file.SafeFileHandle), file.Length);
    }

    /// <summary>The tokens by their hash.</summary>
    /// <exception cref="AccessSettingsException">It cannot be read, others may write it, or a line is malformed.</exception>
    public static FrozenDictionary<string, StaticToken> Read(string path)
    {
        using var file = Open(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & WritableByOthers) != 0)
        {
            throw new AccessSettingsException($"{path} says who may come in, and others than its owner can write it. Take that from them: chmod go-w {path}");
        }
        using var reader = new StreamReader(file);
        var tokens = new Dictionary<string, StaticToken>(StringComparer.Ordinal);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#'))
            {
                continue;
            }
            var token = StaticToken.Parse(line, out var problem) ?? throw new AccessSettingsException($"{path}, line {number}: {problem}.");
            if (!tokens.TryAdd(token.Hash, token))
            {
                throw new AccessSettingsException($"{path}, line {number}: this token is there already, for {tokens[token.Hash].Name}.");
            }
        }
        return tokens.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Appends a line: whoever reads the file sees it with the whole line, or as it was.</summary>
    /// <exception cref="AccessSettingsException">The file or the line is not as it should be.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Append(string path, StaticToken token)
    {
        if (StaticToken.Parse(token.ToString(), out _) is not { } parsed || parsed.Name != token.Name || token.Name.StartsWith('#'))
        {
            throw new AccessSettingsException($"'{token.Name}' cannot be the name of a token: it is one word, and does not begin with #.");
        }
        // Its name keeps two at once from overwriting each other.
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        FileStream file;
        try
        {
            file = new FileStream(draft, options);
        }
        catch (IOException) when (File.Exists(draft))
        {
            throw new AccessSettingsException($"{draft} is there: another token is being added at this moment. If not, that was broken off; remove it and try again.");
        }
        try
        {
            using (file)
            {
                file.Write(Encoding.UTF8.GetBytes(Existing(path) + token + "\n"));
                file.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(path))
            {
                File.SetUnixFileMode(draft, File.GetUnixFileMode(path));
            }
            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private static string Existing(string path)
    {
        if (!File.Exists(path))
        {
            return "# name role sha256 [expires]\n";
        }
        Read(path);
        var text = File.ReadAllText(path);
        return text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AccessSettingsException($"The file of tokens cannot be read: {e.Message}");
        }
    }
}
