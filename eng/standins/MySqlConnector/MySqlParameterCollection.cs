using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MySqlConnector;

/// <summary>The parameters of a command, found by position or by name without regard to case.</summary>
[SuppressMessage("Design", "CA1010", Justification = "The base class is a collection of objects.")]
public sealed class MySqlParameterCollection : DbParameterCollection
{
    private readonly List<MySqlParameter> parameters = [];

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

        parameters.Insert(index, parameter);
    }

    /// <summary>Removes all.</summary>
    public override void Clear() => parameters.Clear();

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
        return parameters.FindIndex(p => string.Equals(MySqlParameter.Normalize(p.ParameterName), name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Removes one.</summary>
    public override void Remove(object value) => RemoveAt(IndexOf(value));

    /// <summary>Removes the one at a position.</summary>
    public override void RemoveAt(int index) => parameters.RemoveAt(index);

    /// <summary>Removes the one of a name.</summary>
    public override void RemoveAt(string parameterName) => RemoveAt(IndexOf(parameterName));

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
    protected override void SetParameter(int index, DbParameter value) => parameters[index] = (MySqlParameter)value;

    /// <inheritdoc/>
    protected override void SetParameter(string parameterName, DbParameter value) => SetParameter(IndexOf(parameterName), value);
}
