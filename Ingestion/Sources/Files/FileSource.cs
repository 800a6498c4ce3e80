using System.Runtime.CompilerServices;
using System.Text.Json;
using Discovery.Ingestion.Pipeline;
using Discovery.Metadata;
using Discovery.Metadata.Files;
using Discovery.Metadata.Serialization;

namespace Discovery.Ingestion.Sources.Files;

/// <summary>Reads metadata files, those of DataHub's file sink and the older ones, record by record.</summary>
internal sealed class FileSource(FileSourceConfig config, RunContext context) : ISource
{
    /// <summary>What is counted for an element that cannot be read, as it names no entity.</summary>
    private const string UnknownEntityType = "unknown";

    public async IAsyncEnumerable<WorkUnit> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var path in Files())
        {
            await foreach (var unit in ReadFileAsync(path, cancellationToken).ConfigureAwait(false))
            {
                yield return unit;
            }
        }
    }

    public Task TestConnectionAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Files())
        {
            try
            {
                Open(path).Dispose();
            }
            catch (Exception exception) when (IsFileFault(exception))
            {
                throw new SourceException($"'{path}' cannot be read: {exception.Message}", exception);
            }
        }
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<string> Files()
    {
        List<string> files;
        try
        {
            files = Directory.Exists(config.Path) ? [.. Directory.EnumerateFiles(config.Path).Where(file => config.Matches(file) && IsWithin(file)).Order(StringComparer.Ordinal)]
                : File.Exists(config.Path) ? [config.Path]
                : throw new SourceException($"'{config.Path}' does not exist. Name a metadata file or a folder of them.");
        }
        catch (Exception exception) when (IsFileFault(exception))
        {
            throw new SourceException($"The folder '{config.Path}' cannot be read: {exception.Message}", exception);
        }
        files.RemoveAll(file => !config.Matches(file));
        if (files.Count == 0)
        {
            context.SourceReport.Warning("No file to read", $"No name ends with '{config.FileExtension}'. Set file_extension, '*' for every file.", config.Path);
        }
        return files;
    }

    // A link in the folder may lead anywhere.
    private bool IsWithin(string path)
    {
        if (context.Confinement is not { } confinement || confinement.Resolve(path, out var reason) is not null)
        {
            return true;
        }
        Unreadable(path, reason);
        return false;
    }

    private async IAsyncEnumerable<WorkUnit> ReadFileAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream? stream = null;
        try
        {
            stream = Open(path);
        }
        catch (Exception exception) when (IsFileFault(exception))
        {
            Unreadable(path, exception.Message);
        }
        if (stream is null)
        {
            yield break;
        }
        await using (stream.ConfigureAwait(false))
        {
            var reader = new MetadataFileReader(stream);
            while (await NextAsync(reader, path, cancellationToken).ConfigureAwait(false) is { } element)
            {
                if (Read(element, path) is { } unit)
                {
                    yield return unit;
                }
            }
        }
    }

    private async ValueTask<FileElement?> NextAsync(MetadataFileReader reader, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            Unreadable(path, exception.Message);
            return null;
        }
    }

    private WorkUnit? Read(FileElement element, string path)
    {
        if (element.Fault is not null)
        {
            Unreadable($"{path}-{element.Index}", element.Fault);
            return null;
        }
        MetadataRecord record;
        try
        {
            record = MetadataJson.Read(element.Json.Span);
        }
        catch (MetadataFormatException exception)
        {
            if (IsUsageBucket(element.Json.Span))
            {
                context.SourceReport.Read(UnknownEntityType);
                context.SourceReport.Filtered(UnknownEntityType, $"{path}-{element.Index}");
                context.SourceReport.Warning("Usage record left out", "Usage records of old clients (with the member 'bucket') are not read, as in DataHub's client.", path);
            }
            else
            {
                Unreadable($"{path}-{element.Index}", $"the record that starts in line {element.Line}: {exception.Message}");
            }
            return null;
        }
        context.SourceReport.Read(record.EntityType);
        if (config.Aspect is not null && record is MetadataChangeProposal { AspectName: var aspect } && aspect.Length > 0 && aspect != config.Aspect)
        {
            context.SourceReport.Filtered(record.EntityType, $"{record.Urn} {aspect}");
            return null;
        }
        // Who observed it is the present run, which stamps every record.
        record.SystemMetadata = null;
        return new WorkUnit(record.EntityType, [record]);
    }

    private void Unreadable(string where, string reason)
    {
        context.SourceReport.Read(UnknownEntityType);
        context.SourceReport.Failed(UnknownEntityType);
        context.SourceReport.Failure(
            "Metadata could not be read",
            "A file, or a record in it, was left out. 'discovery check metadata-file FILE' lists all that is wrong.",
            $"{where}: {reason}");
    }

    /// <summary>Whether this is a record such as <c>{"bucket": 1640000000000, "duration": "DAY", "resource": ..}</c>.</summary>
    private static bool IsUsageBucket(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("bucket"u8))
                {
                    return true;
                }
                reader.Skip();
            }
        }
        // The second is the reader's answer to half a surrogate pair in a name.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
        return false;
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static bool IsFileFault(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
