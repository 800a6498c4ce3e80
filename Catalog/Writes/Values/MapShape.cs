using System.Text;
using System.Text.Json;

namespace Discovery.Catalog.Writes.Values;

/// <summary>An object with any names, none of them twice.</summary>
internal sealed class MapShape(ValueShape item) : ValueShape
{
    public override void Check(ref ValueReader value)
    {
        if (value.Token != JsonTokenType.StartObject)
        {
            value.Refuse("map type is not backed by a DataMap");
            return;
        }
        var names = default(NameSet);
        value.Output.Append((byte)'{');
        for (var any = false; value.ReadName(); any = true)
        {
            if (any)
            {
                value.Output.Append((byte)',');
            }
            var start = value.Output.Length;
            value.CopyText();
            var isNew = names.Add(value.Output, start);
            var end = value.Output.Length;
            value.Output.Append((byte)':');
            value.Read();
            var before = value.FaultCount;
            if (isNew)
            {
                item.Check(ref value);
            }
            else
            {
                value.Refuse("the name stands twice in the map");
            }
            if (value.FaultCount > before)
            {
                value.Locate(before, Encoding.UTF8.GetString(value.Output.Written[(start + 1)..(end - 1)]));
            }
        }
        value.Output.Append((byte)'}');
    }
}
