using System.Text;
using Discovery.Metadata.Serialization;
using Cells = Discovery.Ingestion.Sources.MySql.InformationSchema.Column;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// The JSON members <c>type</c> and <c>nativeDataType</c> of columns. A server has few types and very many columns, so
/// each type is read once.
/// </summary>
internal sealed class ColumnTypeCache(CollationSuffix suffix)
{
    /// <summary>More types than this are not kept (a server full of different enums).</summary>
    private const int Capacity = 4096;

    private readonly Dictionary<Key, ColumnTypeJson> _types = [];
    private readonly JsonText _json = new();

    /// <summary>The type of a column.</summary>
    /// <param name="row">Cells of <see cref="InformationSchema.Column"/>.</param>
    /// <param name="tableCollation">Collation of its table; null for a view, whose columns never show theirs.</param>
    public ColumnTypeJson Of(RowSpool row, string? tableCollation)
    {
        var key = new Key(row.Text(Cells.Type), row.Text(Cells.CharacterSet), row.Text(Cells.Collation), tableCollation);
        if (_types.TryGetValue(key, out var known))
        {
            return known;
        }
        if (_types.Count == Capacity)
        {
            _types.Clear();
        }
        return _types[key] = Make(key);
    }

    private ColumnTypeJson Make(Key key)
    {
        var type = ColumnType.Parse(key.Type);
        var hasSuffix = type.HasCharacterSet && key.TableCollation is not null && key.Collation.Length > 0;
        var native = hasSuffix ? type.NativeDataType + suffix.Of(key.CharacterSet, key.Collation, key.TableCollation!) : type.NativeDataType;
        _json.Raw(",\"type\":{\"type\":{\"com.linkedin.pegasus2avro.schema."u8).Raw(Encoding.ASCII.GetBytes(type.TypeClass)).Raw("Type\":{}}},\"nativeDataType\":"u8).Text(native);
        return new ColumnTypeJson(_json.Take().ToArray(), type.TypeClass == "Null");
    }

    private readonly record struct Key(string Type, string CharacterSet, string Collation, string? TableCollation);
}

/// <summary>A column type as JSON members.</summary>
/// <param name="Json"><c>,"type":{..},"nativeDataType":".."</c></param>
/// <param name="IsUnknown">Whether DataHub has no class for it.</param>
internal sealed record ColumnTypeJson(byte[] Json, bool IsUnknown);
