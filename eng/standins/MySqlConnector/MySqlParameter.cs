using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MySqlConnector;

/// <summary>A value for a statement. Its SQL form follows from the value's own type.</summary>
public sealed class MySqlParameter : DbParameter
{
    /// <summary>The name, with or without a leading <c>@</c>.</summary>
    [AllowNull]
    public override string ParameterName
    {
        get;
        set
        {
            field = value ?? "";
            Collection?.NamesChanged();
        }
    } = "";

    /// <summary>The value; null and <see cref="DBNull"/> are SQL's NULL.</summary>
    public override object? Value { get; set; }

    /// <summary>Has no effect.</summary>
    public override DbType DbType { get; set; } = DbType.String;

    /// <summary>Always <see cref="ParameterDirection.Input"/>.</summary>
    /// <exception cref="NotSupportedException">It is set to another direction.</exception>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
            {
                throw new NotSupportedException($"Only ParameterDirection.Input is supported (parameter name: {ParameterName}).");
            }
        }
    }

    /// <summary>Has no effect.</summary>
    public override bool IsNullable { get; set; }

    /// <summary>Has no effect.</summary>
    public override int Size { get; set; }

    /// <summary>Has no effect.</summary>
    [AllowNull]
    public override string SourceColumn
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>Has no effect.</summary>
    public override bool SourceColumnNullMapping { get; set; }

    /// <summary>Makes <see cref="DbType"/> a string again.</summary>
    public override void ResetDbType() => DbType = DbType.String;

    /// <summary>The collection that finds it by its name.</summary>
    internal MySqlParameterCollection? Collection { get; set; }

    internal static string Normalize(string name) => name.Trim() is ['@' or '?', .. var rest] ? rest : name.Trim();
}
