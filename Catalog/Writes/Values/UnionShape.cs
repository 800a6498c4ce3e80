using System.Text;
using System.Text.Json;

namespace Discovery.Catalog.Writes.Values;

/// <summary>An object with one member, the name of a type: <c>{"com.linkedin.schema.StringType": {}}</c>.</summary>
internal sealed class UnionShape(IEnumerable<KeyValuePair<string, ValueShape>> members) : ValueShape
{
    private readonly Utf8Table<(string Name, ValueShape Shape)> _members = new(
        members.Select(member => KeyValuePair.Create(Encoding.UTF8.GetBytes(member.Key), (member.Key, member.Value))));

    public override void Check(ref ValueReader value)
    {
        if (value.Token != JsonTokenType.StartObject)
        {
            value.Refuse("union type is not backed by a DataMap or null");
            return;
        }
        var count = 0;
        value.Output.Append((byte)'{');
        for (; value.ReadName(); count++)
        {
            if (value.TryFind(_members, out var member))
            {
                value.CopyText();
                value.Output.Append((byte)':');
                value.Read();
                var before = value.FaultCount;
                member.Shape.Check(ref value);
                if (value.FaultCount > before)
                {
                    value.Locate(before, member.Name);
                }
            }
            else
            {
                value.Refuse($"\"{value.Quote()}\" is not a member type of union");
            }
        }
        value.Output.Append((byte)'}');
        if (count != 1)
        {
            value.Refuse("DataMap should have exactly one entry for a union type");
        }
    }
}
