using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MySqlConnector;

/// <content>The cells of the current row.</content>
public sealed partial class MySqlDataReader
{
    /// <summary>The cell in a column.</summary>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <summary>The cell in the column of a name.</summary>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <summary>The column's name or alias.</summary>
    public override string GetName(int ordinal) => ColumnAt(ordinal).Name;

    /// <summary>The position of the column of a name, without regard to case.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    [SuppressMessage("Usage", "CA2201", Justification = "The type is part of the contract of the base class.")]
    public override int GetOrdinal(string name)
    {
        var ordinal = Array.FindIndex(columns, c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return ordinal >= 0 ? ordinal : throw new IndexOutOfRangeException($"The column name '{name}' does not exist in the result set.");
    }

    /// <summary>The type that <see cref="GetValue"/> returns for the column.</summary>
    public override Type GetFieldType(int ordinal) => ColumnAt(ordinal).ClrType;

    /// <summary>The name of <see cref="GetFieldType"/>.</summary>
    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    /// <summary>Whether the cell is NULL.</summary>
    public override bool IsDBNull(int ordinal) => batch.IsNull(CurrentRow, ordinal);

    /// <summary>The cell as the column's own type; <see cref="DBNull.Value"/> for NULL.</summary>
    public override object GetValue(int ordinal)
    {
        var column = ColumnAt(ordinal);
        return IsDBNull(ordinal) ? DBNull.Value : column.Read(batch.Cell(row, ordinal));
    }

    /// <summary>Copies as many cells as fit.</summary>
    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    /// <summary>The cell's text.</summary>
    /// <exception cref="InvalidCastException">The cell is NULL, or the column is not of text.</exception>
    public override string GetString(int ordinal) =>
        ColumnAt(ordinal).IsText && !IsDBNull(ordinal) ? Encoding.UTF8.GetString(batch.Cell(row, ordinal)) : (string)GetValue(ordinal);

    /// <summary>Whether the cell's number is not zero.</summary>
    public override bool GetBoolean(int ordinal) => GetValue(ordinal) is bool truth ? truth : GetInt64(ordinal) != 0;

    /// <summary>The cell's number.</summary>
    /// <exception cref="InvalidCastException">The cell is NULL or not a number.</exception>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));

    /// <inheritdoc cref="GetByte"/>
    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));

    /// <inheritdoc cref="GetByte"/>
    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    /// <inheritdoc cref="GetByte"/>
    public override long GetInt64(int ordinal) => GetValue(ordinal) switch
    {
        bool truth => truth ? 1 : 0,
        decimal number => (long)number,
        IConvertible number and (sbyte or byte or short or ushort or int or uint or long or ulong) => number.ToInt64(CultureInfo.InvariantCulture),
        var other => (long)other,
    };

    /// <inheritdoc cref="GetByte"/>
    public ulong GetUInt64(int ordinal) => GetValue(ordinal) is ulong number ? number : checked((ulong)GetInt64(ordinal));

    /// <inheritdoc cref="GetByte"/>
    public override decimal GetDecimal(int ordinal) => GetValue(ordinal) switch
    {
        double number => (decimal)number,
        float number => (decimal)number,
        var other => (decimal)other,
    };

    /// <inheritdoc cref="GetByte"/>
    public override double GetDouble(int ordinal) => GetValue(ordinal) switch
    {
        float number => number,
        decimal number => (double)number,
        var other => (double)other,
    };

    /// <inheritdoc cref="GetByte"/>
    public override float GetFloat(int ordinal) => GetValue(ordinal) is float number ? number : (float)GetDouble(ordinal);

    /// <summary>The cell's date and time, of unspecified zone.</summary>
    /// <exception cref="InvalidCastException">The cell is NULL, a date of zeros, or not a date.</exception>
    public override DateTime GetDateTime(int ordinal) => (DateTime)GetValue(ordinal);

    /// <summary>The cell as a GUID.</summary>
    /// <exception cref="InvalidCastException">The cell is NULL or not a GUID.</exception>
    public override Guid GetGuid(int ordinal) => GetValue(ordinal) is string text && Guid.TryParse(text, out var guid) ? guid : (Guid)GetValue(ordinal);

    /// <summary>The first character of the cell's text.</summary>
    /// <exception cref="InvalidCastException">There is none.</exception>
    public override char GetChar(int ordinal) => GetString(ordinal) is [var first, ..] ? first : throw new InvalidCastException();

    /// <summary>Copies a part of the cell's text.</summary>
    /// <returns>Characters copied; the whole length without a buffer.</returns>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        CopyPart<char>(GetString(ordinal), dataOffset, buffer, bufferOffset, length);

    /// <summary>Copies a part of the cell's bytes.</summary>
    /// <returns>Bytes copied; the whole length without a buffer.</returns>
    /// <exception cref="InvalidCastException">The cell is NULL or the column is not binary.</exception>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        CopyPart<byte>((byte[])GetValue(ordinal), dataOffset, buffer, bufferOffset, length);

    /// <summary>The cell as one of the types above, else as the column's own type.</summary>
    public override T GetFieldValue<T>(int ordinal) => (T)(default(T) switch
    {
        bool => GetBoolean(ordinal),
        byte => GetByte(ordinal),
        short => GetInt16(ordinal),
        int => GetInt32(ordinal),
        long => GetInt64(ordinal),
        ulong => GetUInt64(ordinal),
        decimal => GetDecimal(ordinal),
        double => GetDouble(ordinal),
        float => GetFloat(ordinal),
        _ => GetValue(ordinal),
    });

    private static int CopyPart<T>(ReadOnlySpan<T> cell, long dataOffset, T[]? buffer, int bufferOffset, int length)
    {
        if (buffer is null)
        {
            return cell.Length;
        }

        var rest = cell[(int)Math.Min(dataOffset, cell.Length)..];
        rest = rest[..Math.Min(rest.Length, length)];
        rest.CopyTo(buffer.AsSpan(bufferOffset));
        return rest.Length;
    }

    private int CurrentRow => row >= 0 && row < batch.RowCount ? row : throw new InvalidOperationException("Read must be called first.");

    private Column ColumnAt(int ordinal) => columns[ordinal];
}
