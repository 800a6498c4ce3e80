using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes.Values;

/// <summary>
/// An object with known members. Others are left out, as GMS does; so is a member that is null. A known member that
/// stands twice is refused.
/// </summary>
internal sealed class RecordShape(RecordType type) : ValueShape
{
    private Members? _members;

    public override void Check(ref ValueReader value)
    {
        if (value.Token != JsonTokenType.StartObject)
        {
            value.Refuse("record type is not backed by a DataMap");
            return;
        }
        // Made at the first use: records hold each other.
        var members = _members ??= new Members(type);
        var seen = 0UL;
        var next = 0;
        value.Output.Append((byte)'{');
        while (value.ReadName())
        {
            if (!members.TryFind(ref value, ref next, out var member))
            {
                value.Skip();
                continue;
            }
            value.Read();
            if (value.Token == JsonTokenType.Null)
            {
                continue;
            }
            var before = value.FaultCount;
            if ((seen & member.Bit) != 0)
            {
                value.Refuse("the member stands twice in the record");
            }
            else
            {
                value.Output.Append(seen == 0 ? member.FirstStart : member.Start);
                member.Shape.Check(ref value);
                seen |= member.Bit;
            }
            if (value.FaultCount > before)
            {
                value.Locate(before, member.Name);
            }
        }
        value.Output.Append((byte)'}');
        if ((members.Required & ~seen) != 0)
        {
            members.RefuseMissing(ref value, seen);
        }
    }

    /// <summary>A member; its start is the text up to its value: <c>,"name":</c>.</summary>
    private sealed class Member(int index, string name, ValueShape shape)
    {
        private readonly byte[] _start = Encoding.UTF8.GetBytes($",\"{name}\":");

        public string Name { get; } = name;

        public ValueShape Shape { get; } = shape;

        public ulong Bit { get; } = 1UL << index;

        public int Index { get; } = index;

        public ReadOnlySpan<byte> Utf8 => _start.AsSpan(2, _start.Length - 4);

        public ReadOnlySpan<byte> Start => _start;

        public ReadOnlySpan<byte> FirstStart => _start.AsSpan(1);
    }

    private sealed class Members
    {
        private const int Most = 64;

        private readonly Member[] _inOrder;
        private readonly Utf8Table<Member> _byName;

        public Members(RecordType type)
        {
            var fields = type.Fields.Values.ToList();
            if (fields.Count > Most)
            {
                throw new NotSupportedException($"{type.FullName} has {fields.Count} members; {Most} can be checked.");
            }
            _inOrder = [.. fields.Select((field, index) => new Member(index, field.Name, ValueShapes.OfMember(type, field)))];
            _byName = new Utf8Table<Member>(_inOrder.Select(member => KeyValuePair.Create(member.Utf8.ToArray(), member)));
            Required = _inOrder.Where((_, index) => !fields[index].Optional && !fields[index].HasDefault)
                .Aggregate(0UL, (bits, member) => bits | member.Bit);
        }

        public ulong Required { get; }

        /// <summary>
        /// Finds the member whose name the reader stands at. First tried is <paramref name="next"/>, the one that follows the last
        /// one in the model: most clients keep that order.
        /// </summary>
        public bool TryFind(ref ValueReader value, ref int next, [NotNullWhen(true)] out Member? member)
        {
            if (next < _inOrder.Length && value.NameIs(_inOrder[next].Utf8))
            {
                member = _inOrder[next++];
                return true;
            }
            if (!value.TryFind(_byName, out member))
            {
                return false;
            }
            next = member!.Index + 1;
            return true;
        }

        public void RefuseMissing(ref ValueReader value, ulong seen)
        {
            foreach (var member in _inOrder)
            {
                if ((Required & ~seen & member.Bit) != 0)
                {
                    value.RefuseMember(member.Name, "field is required but not found and has no default value");
                }
            }
        }
    }
}
