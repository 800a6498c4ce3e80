namespace Discovery.Metadata.Model;

/// <summary>Type of a value in an aspect.</summary>
public abstract class ModelType
{
    /// <summary>A value that the model does not describe.</summary>
    public static ModelType Any { get; } = new AnyType();

    private sealed class AnyType : ModelType;
}

/// <summary>A value without members.</summary>
/// <param name="name"><c>string</c>, <c>boolean</c>, <c>int</c>, <c>long</c>, <c>float</c>, <c>double</c> or <c>bytes</c>.</param>
public sealed class PrimitiveType(string name) : ModelType
{
    /// <summary>The Avro name of the type.</summary>
    public string Name { get; } = name;
}

/// <summary>One of a set of words.</summary>
public sealed class EnumType(string fullName, IReadOnlySet<string> symbols) : ModelType
{
    /// <summary>Such as <c>com.linkedin.common.FabricType</c>.</summary>
    public string FullName { get; } = fullName;

    /// <summary>The words, deprecated ones included.</summary>
    public IReadOnlySet<string> Symbols { get; } = symbols;
}

/// <summary>An array; all items have one type.</summary>
public sealed class ArrayType(ModelType item) : ModelType
{
    /// <summary>Type of the items.</summary>
    public ModelType Item { get; } = item;
}

/// <summary>An object with any names; all values have one type.</summary>
public sealed class MapType(ModelType value) : ModelType
{
    /// <summary>Type of the values.</summary>
    public ModelType Value { get; } = value;
}

/// <summary>
/// One of several types; in JSON an object with one member, the name of the type:
/// <c>{"com.linkedin.schema.StringType": {}}</c>, <c>{"string": "x"}</c>.
/// </summary>
public sealed class UnionType(IReadOnlyDictionary<string, ModelType> members) : ModelType
{
    /// <summary>The types by name.</summary>
    public IReadOnlyDictionary<string, ModelType> Members { get; } = members;
}

/// <summary>An object with known members.</summary>
public sealed class RecordType(string fullName) : ModelType
{
    /// <summary>Such as <c>com.linkedin.schema.SchemaMetadata</c>.</summary>
    public string FullName { get; } = fullName;

    /// <summary>The members by name, in the order of the model.</summary>
    public IReadOnlyDictionary<string, RecordField> Fields { get; internal set; } = new Dictionary<string, RecordField>();
}

/// <summary>A member of a record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its value.</param>
/// <param name="Optional">Whether it may be absent.</param>
/// <param name="HasDefault">Whether a value is known where it is absent.</param>
public sealed record RecordField(string Name, ModelType Type, bool Optional, bool HasDefault);
