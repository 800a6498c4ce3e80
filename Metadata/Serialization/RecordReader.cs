using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Discovery.Metadata.Serialization;

/// <summary>Reads the JSON object of one record.</summary>
internal ref partial struct RecordReader(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private Utf8JsonReader _reader = new(json, new JsonReaderOptions { MaxDepth = JsonLayout.MaxDepth });

    private string? _entityType;
    private string? _urn;
    private string? _changeType;
    private string? _aspectName;
    private byte[] _aspect = [];
    private bool _hasAspect;
    private string? _contentType;
    private string? _snapshotType;
    private List<SnapshotAspect>? _snapshotAspects;
    private SystemMetadata? _systemMetadata;

    /// <exception cref="MetadataFormatException">Not a record.</exception>
    public MetadataRecord Read()
    {
        if (!Utf8.IsValid(_json))
        {
            throw new MetadataFormatException("The record is not UTF-8 text. Save the file as UTF-8.");
        }
        try
        {
            return ReadEnvelope();
        }
        catch (JsonException exception)
        {
            throw new MetadataFormatException($"The record is not valid JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // The reader's answer to "\ud800": half a surrogate pair in a name or urn.
            throw new MetadataFormatException("A name or urn in the record has an escape that is no character.", exception);
        }
    }

    private MetadataRecord ReadEnvelope()
    {
        _reader.Read();
        var others = new Utf8Buffer(16);
        ForEachMember("the record", others, static (ref RecordReader self) => self.ReadEnvelopeMember());
        if (_reader.Read())
        {
            throw new MetadataFormatException("There is text after the record.");
        }
        var otherMembers = others.Written.ToArray();
        if (_snapshotType is not null)
        {
            return new MetadataChangeEvent(_snapshotType, Required(_urn, "urn"), _snapshotAspects ?? [])
            {
                SystemMetadata = _systemMetadata,
                OtherMembers = otherMembers,
            };
        }
        if (!_hasAspect && _changeType is not "DELETE")
        {
            throw new MetadataFormatException("The record has neither 'proposedSnapshot' (MCE) nor 'aspect' (MCP).");
        }
        if (_urn is null && others.Written.IndexOf("\"entityKeyAspect\""u8) < 0)
        {
            throw new MetadataFormatException("The record names no entity: 'entityUrn' is missing.");
        }
        return new MetadataChangeProposal(EntityType(), _urn ?? "", _aspectName ?? RequiredUnlessDelete(), _aspect)
        {
            ChangeType = ChangeType(),
            SystemMetadata = _systemMetadata,
            OtherMembers = otherMembers,
        };
    }

    private readonly string RequiredUnlessDelete() => _aspect.Length == 0 ? "" : Required(null, "aspectName");

    private readonly string EntityType() =>
        _entityType ?? (Urn.TryParse(_urn, out var urn) ? urn.EntityType : Required(null, "entityType"));

    /// <summary>The change type; a patch document that is not called one is an error rather than a lost aspect.</summary>
    private readonly string ChangeType()
    {
        var changeType = _changeType ?? "UPSERT";
        return _contentType is null or MetadataChangeProposal.Json ||
            (_contentType is MetadataChangeProposal.JsonPatch && changeType is MetadataChangeProposal.Patch)
            ? changeType
            : throw new MetadataFormatException($"'aspect.contentType' is '{_contentType}', which does not go with changeType {changeType}.");
    }

    private bool ReadEnvelopeMember()
    {
        if (_reader.ValueTextEquals("entityType"u8))
        {
            _entityType = ReadText("entityType");
        }
        else if (_reader.ValueTextEquals("entityUrn"u8))
        {
            _urn = ReadText("entityUrn");
        }
        else if (_reader.ValueTextEquals("changeType"u8))
        {
            _changeType = ReadText("changeType");
        }
        else if (_reader.ValueTextEquals("aspectName"u8))
        {
            _aspectName = ReadText("aspectName");
        }
        else if (_reader.ValueTextEquals("aspect"u8))
        {
            ReadAspect();
        }
        else if (_reader.ValueTextEquals("proposedSnapshot"u8))
        {
            ReadSnapshot();
        }
        else if (_reader.ValueTextEquals("systemMetadata"u8))
        {
            ReadSystemMetadata();
        }
        else
        {
            return false;
        }
        return true;
    }

    /// <summary>Reads <c>{"json": {..}}</c> or <c>{"value": "{..}", "contentType": "application/json"}</c>.</summary>
    private void ReadAspect()
    {
        _hasAspect = true;
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return;
        }
        ForEachMember("'aspect'", others: null, static (ref RecordReader self) =>
        {
            if (self._reader.ValueTextEquals("json"u8))
            {
                self._reader.Read();
                self._aspect = JsonLayout.WithoutWhitespace(self.RawValue());
            }
            else if (self._reader.ValueTextEquals("value"u8))
            {
                self._aspect = self.ReadNestedJson();
            }
            else if (self._reader.ValueTextEquals("contentType"u8))
            {
                self._contentType = self.ReadText("aspect.contentType");
            }
            else
            {
                return false;
            }
            return true;
        });
        if (_aspect.Length == 0)
        {
            throw new MetadataFormatException("'aspect' has neither 'json' nor 'value'.");
        }
    }

    private void ReadSystemMetadata()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return;
        }
        _systemMetadata = new SystemMetadata(0, SystemMetadata.NoRunId, null);
        var others = new Utf8Buffer(16);
        ForEachMember("'systemMetadata'", others, static (ref RecordReader self) => self.ReadSystemMetadataMember());
        _systemMetadata = _systemMetadata with { OtherMembers = others.Written.ToArray() };
    }

    private bool ReadSystemMetadataMember()
    {
        var value = _systemMetadata!;
        if (_reader.ValueTextEquals("lastObserved"u8))
        {
            _reader.Read();
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out var milliseconds))
            {
                throw new MetadataFormatException("'systemMetadata.lastObserved' is not a whole number of milliseconds.");
            }
            _systemMetadata = value with { LastObserved = milliseconds };
        }
        else if (_reader.ValueTextEquals("runId"u8))
        {
            _systemMetadata = value with { RunId = ReadText("systemMetadata.runId") ?? value.RunId };
        }
        else if (_reader.ValueTextEquals("lastRunId"u8))
        {
            _systemMetadata = value with { LastRunId = ReadText("systemMetadata.lastRunId") ?? value.LastRunId };
        }
        else if (_reader.ValueTextEquals("pipelineName"u8))
        {
            _systemMetadata = value with { PipelineName = ReadText("systemMetadata.pipelineName") };
        }
        else
        {
            return false;
        }
        return true;
    }

    private delegate bool MemberAction(ref RecordReader self);

    /// <summary>
    /// Goes through the object that the reader stands at. A member that the action does not take goes to
    /// <paramref name="others"/>, or is an error where there is none. A member that is null is as good as absent.
    /// </summary>
    private void ForEachMember(string what, Utf8Buffer? others, MemberAction action)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw new MetadataFormatException($"{what} is not an object.");
        }
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _json.Slice((int)_reader.TokenStartIndex, _reader.ValueSpan.Length + 2);
            if (action(ref this))
            {
                continue;
            }
            _reader.Read();
            var value = RawValue();
            if (value.SequenceEqual("null"u8))
            {
                continue;
            }
            if (others is null)
            {
                throw new MetadataFormatException($"{what} has the unknown member {Encoding.UTF8.GetString(name)}.");
            }
            if (others.Length > 0)
            {
                others.Append((byte)',');
            }
            others.Append(name);
            others.Append((byte)':');
            others.Append(JsonLayout.WithoutWhitespace(value));
        }
    }

    /// <summary>The text of the value that the reader stands at; moves to its end.</summary>
    private ReadOnlySpan<byte> RawValue()
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return _json[start..(int)_reader.BytesConsumed];
    }

    private string? ReadText(string name)
    {
        _reader.Read();
        return _reader.TokenType switch
        {
            JsonTokenType.String => _reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw new MetadataFormatException($"'{name}' is not text."),
        };
    }

    /// <summary>Reads a string that holds JSON text.</summary>
    private byte[] ReadNestedJson()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.String)
        {
            throw new MetadataFormatException("'aspect.value' is not text.");
        }
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(_reader.ValueSpan.Length, 1));
        try
        {
            var text = rented.AsSpan(0, _reader.CopyString(rented));
            var nested = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = JsonLayout.MaxDepth - 2 });
            while (nested.Read())
            {
            }
            return JsonLayout.WithoutWhitespace(text);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static string Required(string? value, string name) =>
        value ?? throw new MetadataFormatException($"'{name}' is missing.");
}
