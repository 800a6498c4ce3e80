using System.Globalization;
using System.Text.Json;

namespace Discovery.Catalog.Writes.Values;

/// <summary>An array.</summary>
internal sealed class ArrayShape(ValueShape item) : ValueShape
{
    public override void Check(ref ValueReader value)
    {
        if (value.Token != JsonTokenType.StartArray)
        {
            value.Refuse("array type is not backed by a DataList");
            return;
        }
        value.Output.Append((byte)'[');
        for (var i = 0; value.Read() && value.Token != JsonTokenType.EndArray; i++)
        {
            if (i > 0)
            {
                value.Output.Append((byte)',');
            }
            var before = value.FaultCount;
            item.Check(ref value);
            if (value.FaultCount > before)
            {
                value.Locate(before, i.ToString(CultureInfo.InvariantCulture));
            }
        }
        value.Output.Append((byte)']');
    }
}
