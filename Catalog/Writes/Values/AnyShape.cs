using System.Text.Json;

namespace Discovery.Catalog.Writes.Values;

/// <summary>Any JSON, which is only made compact; no name may stand twice in an object.</summary>
internal sealed class AnyShape : ValueShape
{
    private readonly MapShape _object;
    private readonly ArrayShape _array;

    private AnyShape()
    {
        _object = new MapShape(this);
        _array = new ArrayShape(this);
    }

    public static AnyShape Instance { get; } = new();

    public override void Check(ref ValueReader value)
    {
        switch (value.Token)
        {
            case JsonTokenType.StartObject:
                _object.Check(ref value);
                break;
            case JsonTokenType.StartArray:
                _array.Check(ref value);
                break;
            case JsonTokenType.String:
                value.CopyText();
                break;
            default:
                value.Output.Append(value.Raw);
                break;
        }
    }
}
