using System.Collections.Concurrent;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes.Values;

/// <summary>
/// Makes shapes from types of the model. The model is in Avro's terms; two of its types look different in the server's
/// own, and stand here as the server has them.
/// </summary>
internal static class ValueShapes
{
    private static readonly ConcurrentDictionary<RecordType, RecordShape> Records = new();

    private static readonly TextShape Text = new();
    private static readonly BooleanShape Boolean = new();
    private static readonly BytesShape Bytes = new();
    private static readonly IntegerShape Int = new("int", int.MinValue, int.MaxValue);
    private static readonly IntegerShape Long = new("long", long.MinValue, long.MaxValue);
    private static readonly FloatShape Float = new("float", float.MaxValue);
    private static readonly FloatShape Double = new("double", double.MaxValue);

    /// <summary>In JSON <c>{"costId": 1.0}</c> or <c>{"costCode": "x"}</c>; in Avro a record that also names the member.</summary>
    private static readonly UnionShape Cost = new([new("costId", Double), new("costCode", Text)]);

    /// <summary>In JSON <c>{"string": "x"}</c>; in Avro the text alone, because a union of one type is none there.</summary>
    private static readonly UnionShape WrappedText = new([new("string", Text)]);

    /// <summary>The shape of an aspect.</summary>
    public static RecordShape Of(RecordType type) => Records.GetOrAdd(type, static type => new RecordShape(type));

    /// <summary>The shape of a member of a record.</summary>
    public static ValueShape OfMember(RecordType record, RecordField field) =>
        record.FullName == "com.linkedin.ml.metadata.QuantitativeAnalyses" ? WrappedText : Of(field.Type);

    private static ValueShape Of(ModelType type) => type switch
    {
        RecordType { FullName: "com.linkedin.common.CostCost" } => Cost,
        RecordType record => Of(record),
        EnumType symbols => new EnumShape(symbols),
        ArrayType array => new ArrayShape(Of(array.Item)),
        MapType map => new MapShape(Of(map.Value)),
        UnionType union => new UnionShape([.. union.Members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value)))]),
        PrimitiveType primitive => primitive.Name switch
        {
            "string" => Text,
            "boolean" => Boolean,
            "bytes" => Bytes,
            "int" => Int,
            "long" => Long,
            "float" => Float,
            "double" => Double,
            _ => throw new NotSupportedException($"The model has the primitive type '{primitive.Name}', which nobody knows how to check."),
        },
        _ => AnyShape.Instance,
    };
}
