using System.Text;
using Discovery.Catalog.Search.Storage;

namespace Discovery.Catalog.Search.Queries;

/// <summary>Some of the values of a column.</summary>
internal readonly struct ValueSet
{
    private readonly bool[]? _many;
    private readonly int _one;

    private ValueSet(int one, bool[]? many) => (_one, _many) = (one, many);

    /// <summary>Whether it has no values.</summary>
    public bool IsEmpty => _many is null && _one < 0;

    /// <summary>Whether it has a value.</summary>
    public bool Contains(int value) => _many is null ? value == _one : _many[value];

    /// <summary>The values that equal one of some texts.</summary>
    public static ValueSet Of(BytePool values, IReadOnlyCollection<string> texts)
    {
        var found = texts.Select(text => values.Find(Encoding.UTF8.GetBytes(text))).Where(value => value >= 0).ToList();
        if (found.Count <= 1)
        {
            return new ValueSet(found.FirstOrDefault(-1), null);
        }
        var many = new bool[values.Count];
        found.ForEach(value => many[value] = true);
        return new ValueSet(-1, many);
    }

    /// <summary>The values that a condition holds for.</summary>
    public static ValueSet Where(BytePool values, ValueCondition holds)
    {
        var many = new bool[values.Count];
        for (var value = 0; value < many.Length; value++)
        {
            many[value] = holds(values[value]);
        }
        return new ValueSet(-1, many);
    }

    /// <summary>The value that equals a text, or those that match a pattern where there is none.</summary>
    public static ValueSet Where(BytePool values, Wildcard? pattern, string? exact, SearchWork work) =>
        exact is not null ? Of(values, [exact]) : Where(values, text => pattern!.IsMatch(text, work));
}

/// <summary>A condition on a value.</summary>
/// <param name="value">The value as UTF-8.</param>
internal delegate bool ValueCondition(ReadOnlySpan<byte> value);
