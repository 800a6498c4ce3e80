using System.Diagnostics.CodeAnalysis;

namespace Discovery.Ingestion.Recipes;

/// <summary>Where something stands in a recipe, both counted from 1; zeros when it stands nowhere.</summary>
public readonly record struct RecipePosition(int Line, int Column);

/// <summary>
/// One value of a recipe document, whatever its syntax. A setting of this type takes any content, unchecked.
/// </summary>
/// <param name="position">Where the value begins.</param>
/// <param name="size">Number of values in it, itself included.</param>
public abstract class RecipeNode(RecipePosition position, long size)
{
    /// <summary>Where the value begins.</summary>
    public RecipePosition Position { get; } = position;

    /// <summary>Number of values in it, itself included, and one more for each 100 characters of a text; one that is used twice through a YAML alias counts twice.</summary>
    internal long Size { get; } = size;

    /// <summary>What people call a value of this kind: <c>a list</c>, <c>a number</c>.</summary>
    internal abstract string Kind { get; }

    /// <summary>What a text adds to the size, so that an alias cannot repeat a long one without end.</summary>
    private protected static long SizeOf(string? text) => (text?.Length ?? 0) / 100;
}

/// <summary>A text, number, switch, date or null.</summary>
/// <param name="position">Where the value begins.</param>
/// <param name="value">A <see cref="string"/>, <see cref="bool"/>, <see cref="System.Numerics.BigInteger"/>, <see cref="double"/>, <see cref="RecipeDate"/> or null.</param>
public sealed class RecipeScalar(RecipePosition position, object? value) : RecipeNode(position, 1 + SizeOf(value as string))
{
    /// <summary>A <see cref="string"/>, <see cref="bool"/>, <see cref="System.Numerics.BigInteger"/>, <see cref="double"/>, <see cref="RecipeDate"/> or null.</summary>
    public object? Value { get; } = value;

    /// <summary>Stands in for a value that could not be had: that was reported already, or its variables are those of another process.</summary>
    internal static object Unresolved { get; } = new();

    /// <summary>Whether the value could not be had.</summary>
    internal bool IsUnresolved => ReferenceEquals(Value, Unresolved);

    internal override string Kind => Value switch
    {
        null => "nothing",
        string => "text",
        _ when IsUnresolved => "text",
        bool => "true or false",
        RecipeDate => "a date",
        _ => "a number",
    };
}

/// <summary>A date or time that was written without quotes, which YAML does not take as text.</summary>
/// <param name="Text">As written.</param>
public sealed record RecipeDate(string Text);

/// <summary>A list.</summary>
/// <param name="position">Where the list begins.</param>
/// <param name="items">Its values in written order.</param>
public sealed class RecipeList(RecipePosition position, IReadOnlyList<RecipeNode> items) : RecipeNode(position, 1 + items.Sum(item => item.Size))
{
    /// <summary>The values in written order.</summary>
    public IReadOnlyList<RecipeNode> Items { get; } = items;

    internal override string Kind => "a list";
}

/// <summary>Keys with values.</summary>
/// <param name="position">Where the mapping begins.</param>
/// <param name="entries">Entries in written order, no key twice.</param>
public sealed class RecipeMapping(RecipePosition position, IReadOnlyList<RecipeEntry> entries) : RecipeNode(position, 1 + entries.Sum(entry => SizeOf(entry.Key) + entry.Value.Size))
{
    private readonly Dictionary<string, RecipeEntry> _byKey = entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);

    /// <summary>The entries in written order.</summary>
    public IReadOnlyList<RecipeEntry> Entries { get; } = entries;

    internal override string Kind => "a mapping";

    /// <summary>Finds an entry by its key.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out RecipeEntry? entry) => _byKey.TryGetValue(key, out entry);
}

/// <summary>One key of a mapping and its value.</summary>
/// <param name="Key">The key as text.</param>
/// <param name="KeyPosition">Where the key stands.</param>
/// <param name="Value">What belongs to it.</param>
public sealed record RecipeEntry(string Key, RecipePosition KeyPosition, RecipeNode Value);
