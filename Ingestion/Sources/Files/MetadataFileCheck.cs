using Discovery.Ingestion.Pipeline;
using Discovery.Metadata;
using Discovery.Metadata.Files;
using Discovery.Metadata.Model;
using Discovery.Metadata.Serialization;

namespace Discovery.Ingestion.Sources.Files;

/// <summary>Something wrong in a metadata file.</summary>
/// <param name="IsWarning">Whether a server may still take the record: what this product's model does not know.</param>
/// <param name="Index">Place of the record in the file, from 0.</param>
/// <param name="Line">Line in which the record starts, from 1.</param>
/// <param name="Path">Where in the record: <c>/aspect/json/fields/3/type</c>; empty for the record as a whole.</param>
/// <param name="Message">What is wrong.</param>
public sealed record MetadataFileProblem(bool IsWarning, long Index, long Line, string Path, string Message);

/// <summary>Checks a metadata file against DataHub's model.</summary>
public sealed class MetadataFileCheck
{
    /// <summary>How many problems are kept; all are counted.</summary>
    public const int MaxProblems = 1000;

    private readonly List<MetadataFileProblem> _problems = [];
    private readonly SortedDictionary<string, long> _aspects = new(StringComparer.Ordinal);
    private FileElement _element;

    private MetadataFileCheck()
    {
    }

    /// <summary>Records in the file, those with errors included.</summary>
    public long Records { get; private set; }

    /// <summary>How often each aspect stands in it, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, long> Aspects => _aspects;

    /// <summary>Problems because of which a server would refuse a record.</summary>
    public long Errors { get; private set; }

    /// <summary>Problems because of which it might.</summary>
    public long Warnings { get; private set; }

    /// <summary>The first <see cref="MaxProblems"/> errors and warnings, in file order.</summary>
    public IReadOnlyList<MetadataFileProblem> Problems => _problems;

    /// <summary>Checks a file, in bounded memory.</summary>
    /// <exception cref="SourceException">The file cannot be read.</exception>
    public static async Task<MetadataFileCheck> RunAsync(string path, CancellationToken cancellationToken)
    {
        var check = new MetadataFileCheck();
        try
        {
            var stream = File.OpenRead(path);
            await using (stream.ConfigureAwait(false))
            {
                var reader = new MetadataFileReader(stream);
                while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } element)
                {
                    check.Check(element);
                }
            }
            return check;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private void Check(FileElement element)
    {
        _element = element;
        Records++;
        if (element.Fault is not null)
        {
            Report(isWarning: false, "", element.Fault);
            return;
        }
        try
        {
            switch (MetadataJson.Read(element.Json.Span))
            {
                case MetadataChangeProposal proposal:
                    Check(proposal, "/aspect/json");
                    break;
                case MetadataChangeEvent snapshot:
                    foreach (var proposal in snapshot.ToProposals())
                    {
                        Check(proposal, $"/proposedSnapshot/{proposal.AspectName}");
                    }
                    break;
            }
        }
        // The second is the JSON reader's answer to half a surrogate pair.
        catch (Exception exception) when (exception is MetadataFormatException or InvalidOperationException)
        {
            Report(isWarning: false, "", exception.Message);
        }
    }

    private void Check(MetadataChangeProposal proposal, string path)
    {
        var registry = AspectRegistry.Instance;
        _aspects[proposal.AspectName] = _aspects.GetValueOrDefault(proposal.AspectName) + 1;
        if (proposal.Urn.Length > 0)
        {
            CheckUrn(proposal);
        }
        if (!registry.Entities.TryGetValue(proposal.EntityType, out var entity))
        {
            Report(isWarning: false, "/entityType", $"'{proposal.EntityType}' is no entity type of {registry.Version}");
        }
        if (proposal.AspectName.Length == 0)
        {
            return;
        }
        if (!registry.Aspects.TryGetValue(proposal.AspectName, out var aspect))
        {
            Report(isWarning: true, "/aspectName", $"'{proposal.AspectName}' is no aspect of {registry.Version}; its content was not checked");
            return;
        }
        if (entity is not null && entity.KeyAspect != aspect.Name && !entity.Aspects.Contains(aspect.Name))
        {
            Report(isWarning: true, "/aspectName", $"the entity type '{entity.Name}' has no aspect '{aspect.Name}' in {registry.Version}");
        }
        if (proposal.ChangeType is MetadataChangeProposal.Patch)
        {
            new AspectCheck(proposal.Aspect.Span, path, Report).CheckPatch();
        }
        else if (!proposal.Aspect.IsEmpty)
        {
            new AspectCheck(proposal.Aspect.Span, path, Report).Check(aspect.Record);
        }
    }

    private void CheckUrn(MetadataChangeProposal proposal)
    {
        if (!Urn.TryParse(proposal.Urn, out var urn))
        {
            Report(isWarning: false, "/entityUrn", $"'{proposal.Urn}' is not a urn");
        }
        else if (urn.EntityType != proposal.EntityType)
        {
            Report(isWarning: false, "/entityUrn", $"'{proposal.Urn}' is of the entity type '{urn.EntityType}', the record says '{proposal.EntityType}'");
        }
    }

    private void Report(bool isWarning, string path, string message)
    {
        Errors += isWarning ? 0 : 1;
        Warnings += isWarning ? 1 : 0;
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(new MetadataFileProblem(isWarning, _element.Index, _element.Line, path, message));
        }
    }
}
