using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MySqlConnector;

/// <summary>The parameters of a command, found by position or by name without regard to case.</summary>
[SuppressMessage("Design", "CA1010", Justification = "The base class is a collection of objects.")]
public sealed class MySqlParameterCollection : DbParameterCollection
{
    private readonly List<MySqlParameter> parameters = [];

    // By name; null until it is asked for after a change.
    private Dictionary<string, int>? positions;

    internal MySqlParameterCollection()
    {
    }

    /// <summary>How many there are.</summary>
    public override int Count => parameters.Count;

    /// <summary>The object to lock.</summary>
    public override object SyncRoot => throw new NotSupportedException();

    /// <summary>Adds a value under a name.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public MySqlParameter AddWithValue(string parameterName, object? value)
    {
        var parameter = new MySqlParameter { ParameterName = parameterName, Value = value };
        Insert(Count, parameter);
        return parameter;
    }

    /// <summary>Adds a <see cref="MySqlParameter"/>.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public override int Add(object value)
    {
        Insert(Count, value);
        return Count - 1;
    }

    /// <summary>Adds several.</summary>
    public override void AddRange(Array values)
    {
        foreach (var value in values)
        {
            _ = Add(value!);
        }
    }

    /// <summary>Inserts a <see cref="MySqlParameter"/>.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public override void Insert(int index, object value)
    {
        var parameter = (MySqlParameter)value;
        if (parameter.ParameterName.Length > 0 && Contains(parameter.ParameterName))
        {
            throw new ArgumentException($"Parameter '{parameter.ParameterName}' has already been defined", nameof(value));
        }

        parameter.Collection = this;
        parameters.Insert(index, parameter);
        if (index == Count - 1)
        {
            positions?.TryAdd(MySqlParameter.Normalize(parameter.ParameterName), index);
        }
        else
        {
            NamesChanged();
        }
    }

    /// <summary>Removes all.</summary>
    public override void Clear()
    {
        parameters.Clear();
        NamesChanged();
    }

    /// <summary>Whether it is one of these.</summary>
    public override bool Contains(object value) => IndexOf(value) >= 0;

    /// <summary>Whether there is one of this name.</summary>
    public override bool Contains(string value) => IndexOf(value) >= 0;

    /// <summary>Copies all.</summary>
    public override void CopyTo(Array array, int index) => ((ICollection)parameters).CopyTo(array, index);

    /// <summary>Goes through all.</summary>
    public override IEnumerator GetEnumerator() => parameters.GetEnumerator();

    /// <summary>The position, or -1.</summary>
    public override int IndexOf(object value) => value is MySqlParameter parameter ? parameters.IndexOf(parameter) : -1;

    /// <summary>The position of the one of this name, or -1.</summary>
    public override int IndexOf(string parameterName)
    {
        var name = MySqlParameter.Normalize(parameterName);
        if (positions is null)
        {
            positions = new(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < Count; i++)
            {
                positions.TryAdd(MySqlParameter.Normalize(parameters[i].ParameterName), i);
            }
        }

        return positions.TryGetValue(name, out var position) ? position : -1;
    }

    /// <summary>Removes one.</summary>
    public override void Remove(object value) => RemoveAt(IndexOf(value));

    /// <summary>Removes the one at a position.</summary>
    public override void RemoveAt(int index)
    {
        parameters.RemoveAt(index);
        NamesChanged();
    }

    /// <summary>Removes the one of a name.</summary>
    public override void RemoveAt(string parameterName) => RemoveAt(IndexOf(parameterName));

    internal void NamesChanged() => positions = null;

    internal MySqlParameter Find(string name) => IndexOf(name) is >= 0 and var index
        ? parameters[index]
        : throw new MySqlException(MySqlErrorCode.None, null, $"Parameter '{name}' must be defined.");

    internal MySqlParameter At(int position) => position < Count
        ? parameters[position]
        : throw new MySqlException(MySqlErrorCode.None, null, $"Parameter index {position} is invalid when only {Count} are defined.");

    /// <inheritdoc/>
    protected override DbParameter GetParameter(int index) => parameters[index];

    /// <inheritdoc/>
    protected override DbParameter GetParameter(string parameterName) => IndexOf(parameterName) is >= 0 and var index
        ? parameters[index]
        : throw new ArgumentException($"Parameter '{parameterName}' not found in the collection", nameof(parameterName));

    /// <inheritdoc/>
    protected override void SetParameter(int index, DbParameter value)
    {
        parameters[index] = (MySqlParameter)value;
        parameters[index].Collection = this;
        NamesChanged();
    }

    /// <inheritdoc/>
    protected override void SetParameter(string parameterName, DbParameter value) => SetParameter(IndexOf(parameterName), value);
}
