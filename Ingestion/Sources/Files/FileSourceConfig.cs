using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Sources.Files;

/// <summary>What a recipe says about the source <c>file</c>.</summary>
public sealed record FileSourceConfig : IValidatedConfig
{
    private const string AlwaysStreamed = "files of any size are streamed, in one pass and in little memory";

    /// <summary>File or folder to read.</summary>
    [Setting("path", "A metadata file, or a folder of which each file with the extension is read.", Alias = "filename", IsPath = true)]
    public required string Path { get; init; }

    /// <summary>How the names of files end that are read.</summary>
    [Setting("file_extension", "How the names of files end that are read; '*' reads every file. A leading dot may be left out.")]
    public string FileExtension { get; init; } = ".json";

    /// <summary>How files are read.</summary>
    [Setting("read_mode", "Whether files are read as a whole or streamed.", WithoutEffect = AlwaysStreamed)]
    public FileReadMode ReadMode { get; init; }

    /// <summary>Name of the only aspect to read.</summary>
    [Setting("aspect", "Read only the proposals (MCP) of this aspect; events (MCE) are read as before.")]
    public string? Aspect { get; init; }

    /// <summary>Count the records first.</summary>
    [Setting("count_all_before_starting", "Count the records of a file before it is read.", WithoutEffect = AlwaysStreamed)]
    public bool CountAllBeforeStarting { get; init; } = true;

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Path.Contains("://", StringComparison.Ordinal))
        {
            yield return ("path", $"'{Path}' is an address; only files of this machine can be read. Download it first and name the file.");
        }
    }

    /// <summary>Whether a file of this name is read.</summary>
    internal bool Matches(string fileName) =>
        FileExtension is "*" or ".*" or "" ||
        fileName.EndsWith(FileExtension[0] == '.' ? FileExtension : $".{FileExtension}", StringComparison.Ordinal);
}

/// <summary>How DataHub's client reads a file.</summary>
public enum FileReadMode
{
    /// <summary>By size.</summary>
    Auto,

    /// <summary>As a whole.</summary>
    Batch,

    /// <summary>Piece by piece.</summary>
    Stream,
}
