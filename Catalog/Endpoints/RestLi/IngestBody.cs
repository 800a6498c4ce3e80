using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary>
/// Reads <c>{"proposals": [{..}, {..}], "async": "true"}</c> in one pass; each proposal is read from its slice of the body.
/// </summary>
internal ref partial struct IngestBody
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = MetadataJson.MaxDepth };
    private readonly ReadOnlySpan<byte> _body;
    private readonly List<MetadataChangeProposal> _proposals = [];
    private Utf8JsonReader _reader;

    private IngestBody(ReadOnlySpan<byte> body)
    {
        _body = body;
        _reader = new Utf8JsonReader(body, Options);
    }

    /// <summary>The proposal of <c>ingestProposal</c>.</summary>
    /// <exception cref="CatalogException">The body is not what is expected.</exception>
    public static IReadOnlyList<MetadataChangeProposal> ReadOne(ReadOnlySpan<byte> body) => Read(body, "proposal", batch: false);

    /// <summary>The proposals of <c>ingestProposalBatch</c>, in the order of the body.</summary>
    /// <exception cref="CatalogException">The body is not what is expected.</exception>
    public static IReadOnlyList<MetadataChangeProposal> ReadBatch(ReadOnlySpan<byte> body) => Read(body, "proposals", batch: true);

    private static List<MetadataChangeProposal> Read(ReadOnlySpan<byte> body, string member, bool batch)
    {
        var reading = new IngestBody(body);
        try
        {
            return reading.ReadEnvelope(member, batch) ? reading._proposals : throw Fault($"The member '{member}' is missing.");
        }
        catch (JsonException exception)
        {
            throw RequestBody.Malformed(exception);
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to "\ud800": half a surrogate pair.
            throw RequestBody.NoText();
        }
    }

    private bool ReadEnvelope(string member, bool batch)
    {
        var found = false;
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fault("The request body is not a JSON object.");
        }
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var wanted = _reader.ValueTextEquals(member);
            _reader.Read();
            if (wanted)
            {
                found = true;
                if (batch)
                {
                    ReadArray(member);
                }
                else
                {
                    _proposals.Add(WithEscapesUndone(ReadProposal(member)));
                }
            }
            else
            {
                _reader.Skip();
            }
        }
        _reader.Read(); // throws where text follows
        return found;
    }

    private void ReadArray(string member)
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw Fault($"The member '{member}' is not an array.");
        }
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _proposals.Add(ReadProposal($"{member}[{_proposals.Count}]"));
        }
    }

    private MetadataChangeProposal ReadProposal(string where)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fault($"The member '{where}' is not an object.");
        }
        var start = (int)_reader.TokenStartIndex;
        (Range Place, string Json)? systemMetadata = null;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var isSystemMetadata = _reader.ValueTextEquals("systemMetadata"u8);
            _reader.Read();
            if (isSystemMetadata && _reader.TokenType == JsonTokenType.String)
            {
                var from = (int)_reader.TokenStartIndex - start;
                systemMetadata = (from..((int)_reader.BytesConsumed - start), _reader.GetString()!);
            }
            _reader.Skip();
        }
        var slice = _body[start..(int)_reader.BytesConsumed];
        return ProposalText.Read(systemMetadata is { } text ? Splice(slice, text.Place, text.Json) : slice, where);
    }

    /// <summary>Some commands send <c>"systemMetadata": "{\"runId\": \"r\"}"</c>, JSON in a text; it becomes plain JSON.</summary>
    private static byte[] Splice(ReadOnlySpan<byte> proposal, Range place, string json) =>
        [.. proposal[..place.Start], .. Encoding.UTF8.GetBytes(json), .. proposal[place.End..]];

    /// <summary>
    /// The client's single call sends <c>\\ud310\\ub9e4</c> where a name has other than ASCII characters: the characters of an escape
    /// instead of the character.
    /// </summary>
    private static MetadataChangeProposal WithEscapesUndone(MetadataChangeProposal proposal)
    {
        if (!proposal.Urn.Contains("\\u", StringComparison.Ordinal))
        {
            return proposal;
        }
        var urn = EscapePattern().Replace(proposal.Urn, static match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
        if (urn.EnumerateRunes().Contains(Rune.ReplacementChar))
        {
            throw RequestBody.NoText();
        }
        return new MetadataChangeProposal(proposal.EntityType, urn, proposal.AspectName, proposal.Aspect)
        {
            ChangeType = proposal.ChangeType,
            SystemMetadata = proposal.SystemMetadata,
            OtherMembers = proposal.OtherMembers,
        };
    }

    private static CatalogException Fault(string message) => new(CatalogFault.Argument, message);

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})", RegexOptions.NonBacktracking)]
    private static partial Regex EscapePattern();
}
