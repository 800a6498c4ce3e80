using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MySqlConnector;

/// <summary>One column of a result: its name and how the server's text becomes a value.</summary>
internal sealed class Column
{
    private const uint UnsignedFlag = 32;
    private const uint BinaryFlag = 128;
    private const uint BinaryCharacterSet = 63;
    private const int BytesOfUtf8mb4 = 4;

    private readonly Kind kind;

    /// <param name="name">Name or alias.</param>
    /// <param name="type"><c>enum_field_types</c> of the protocol.</param>
    /// <param name="flags">Flags of the protocol's column definition.</param>
    /// <param name="characterSet">Number of the collation; 63 is binary.</param>
    /// <param name="length">Greatest length in bytes.</param>
    internal Column(string name, int type, uint flags, uint characterSet, long length)
    {
        Name = name;
        var unsigned = (flags & UnsignedFlag) != 0;
        kind = type switch
        {
            1 when length == 1 && !unsigned => Kind.Boolean,
            1 => unsigned ? Kind.Byte : Kind.SByte,
            2 => unsigned ? Kind.UInt16 : Kind.Int16,
            3 or 9 => unsigned ? Kind.UInt32 : Kind.Int32,
            8 => unsigned ? Kind.UInt64 : Kind.Int64,
            13 => Kind.Int32,
            4 => Kind.Single,
            5 => Kind.Double,
            0 or 246 => Kind.Decimal,
            7 or 10 or 12 or 14 => Kind.DateTime,
            11 => Kind.TimeSpan,
            16 => (flags & BinaryFlag) != 0 ? Kind.UInt64 : Kind.Bits,
            254 when characterSet != BinaryCharacterSet && length == 36 * BytesOfUtf8mb4 => Kind.Guid,
            245 or 247 or 248 => Kind.Text,
            255 => Kind.Bytes,
            _ => characterSet == BinaryCharacterSet ? Kind.Bytes : Kind.Text,
        };
    }

    private enum Kind
    {
        Boolean,
        SByte,
        Byte,
        Int16,
        UInt16,
        Int32,
        UInt32,
        Int64,
        UInt64,
        Bits,
        Single,
        Double,
        Decimal,
        DateTime,
        TimeSpan,
        Guid,
        Text,
        Bytes,
    }

    internal string Name { get; }

    internal bool IsText => kind == Kind.Text;

    internal Type ClrType => kind switch
    {
        Kind.Boolean => typeof(bool),
        Kind.SByte => typeof(sbyte),
        Kind.Byte => typeof(byte),
        Kind.Int16 => typeof(short),
        Kind.UInt16 => typeof(ushort),
        Kind.Int32 => typeof(int),
        Kind.UInt32 => typeof(uint),
        Kind.Int64 => typeof(long),
        Kind.UInt64 or Kind.Bits => typeof(ulong),
        Kind.Single => typeof(float),
        Kind.Double => typeof(double),
        Kind.Decimal => typeof(decimal),
        Kind.DateTime => typeof(DateTime),
        Kind.TimeSpan => typeof(TimeSpan),
        Kind.Guid => typeof(Guid),
        Kind.Text => typeof(string),
        _ => typeof(byte[]),
    };

    /// <summary>Reads a cell as <see cref="ClrType"/>.</summary>
    /// <exception cref="InvalidCastException">A date of zeros, which has no value here.</exception>
    internal object Read(ReadOnlySpan<byte> cell) => kind switch
    {
        Kind.Boolean => cell[0] != (byte)'0',
        Kind.SByte => Parse<sbyte>(cell),
        Kind.Byte => Parse<byte>(cell),
        Kind.Int16 => Parse<short>(cell),
        Kind.UInt16 => Parse<ushort>(cell),
        Kind.Int32 => Parse<int>(cell),
        Kind.UInt32 => Parse<uint>(cell),
        Kind.Int64 => Parse<long>(cell),
        Kind.UInt64 => Parse<ulong>(cell),
        Kind.Bits => ReadBits(cell),
        Kind.Single => Parse<float>(cell),
        Kind.Double => Parse<double>(cell),
        Kind.Decimal => Parse<decimal>(cell),
        Kind.DateTime => ReadDateTime(cell),
        Kind.TimeSpan => ReadTimeSpan(cell),
        Kind.Guid => Utf8Parser.TryParse(cell, out Guid guid, out _) ? guid : throw new FormatException(),
        Kind.Text => Encoding.UTF8.GetString(cell),
        _ => cell.ToArray(),
    };

    private static T Parse<T>(ReadOnlySpan<byte> cell)
        where T : IUtf8SpanParsable<T> => T.Parse(cell, CultureInfo.InvariantCulture);

    private static ulong ReadBits(ReadOnlySpan<byte> cell)
    {
        var value = 0ul;
        foreach (var part in cell)
        {
            value = (value << 8) | part;
        }

        return value;
    }

    // 2024-02-29, 2024-02-29 23:59:59, 2024-02-29 23:59:59.123456
    private static DateTime ReadDateTime(ReadOnlySpan<byte> cell)
    {
        if (cell.StartsWith("0000-00-00"u8))
        {
            throw new InvalidCastException("Unable to convert MySQL date/time to System.DateTime: the value is zero.");
        }

        return DateTime.Parse(Encoding.ASCII.GetString(cell), CultureInfo.InvariantCulture);
    }

    // -838:59:59, 01:02:03.5
    private static TimeSpan ReadTimeSpan(ReadOnlySpan<byte> cell)
    {
        var negative = cell[0] == (byte)'-';
        var parts = Encoding.ASCII.GetString(negative ? cell[1..] : cell).Split(':');
        var time = TimeSpan.FromHours(int.Parse(parts[0], CultureInfo.InvariantCulture))
            + TimeSpan.FromMinutes(int.Parse(parts[1], CultureInfo.InvariantCulture))
            + TimeSpan.FromTicks((long)(decimal.Parse(parts[2], CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond));
        return negative ? -time : time;
    }
}
