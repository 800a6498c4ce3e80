using System.Globalization;

namespace Discovery.Ingestion.Recipes.Filters;

/// <summary>The groups of a Python pattern, numbered from 1 in the order in which they open.</summary>
internal sealed class PatternGroups(PatternText text)
{
    private readonly List<Group> _groups = [];
    private readonly Dictionary<string, Group> _byName = new(StringComparer.Ordinal);
    private readonly List<(int Number, int Start)> _conditions = [];

    // Groups that were open or closed when the outermost look-behind began; null outside of one.
    private int? _beforeLookBehind;

    public Group Open(string? name, int start)
    {
        var group = new Group(_groups.Count + 1);
        if (name is not null && !IsIdentifier(name))
        {
            throw text.Fault(start, "the name of a group is made of letters, digits and '_'");
        }
        if (name is not null && !_byName.TryAdd(name, group))
        {
            throw text.Fault(start, $"a second group is called '{name}'");
        }
        _groups.Add(group);
        return group;
    }

    /// <summary>Groups that are opened inside a look-behind cannot be referred to there.</summary>
    public IDisposable LookBehind()
    {
        var outer = _beforeLookBehind;
        _beforeLookBehind ??= _groups.Count;
        return new Leave(this, outer);
    }

    public Group Reference(int number, int start) =>
        number <= _groups.Count ? Referable(_groups[number - 1], start) : throw text.Fault(start, $"there is no group {number} to refer to");

    public Group Reference(string name, int start) => Referable(Find(name, start), start);

    /// <summary>The number of the group that <c>(?(name)...)</c> asks about; a number may be of a group that comes later.</summary>
    public int Condition(string name, int start)
    {
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return Find(name, start).Number;
        }
        if (number == 0)
        {
            throw text.Fault(start, "there is no group 0 to refer to");
        }
        _conditions.Add((number, start));
        return number;
    }

    /// <exception cref="FormatException">A condition asks about a group that the pattern does not have.</exception>
    public void CheckConditions()
    {
        foreach (var (number, start) in _conditions.Where(condition => condition.Number > _groups.Count))
        {
            throw text.Fault(start, $"there is no group {number} to refer to");
        }
    }

    private Group Find(string name, int start) =>
        _byName.TryGetValue(name, out var group) ? group : throw text.Fault(start, $"there is no group called '{name}'");

    private Group Referable(Group group, int start)
    {
        if (!group.IsClosed)
        {
            throw text.Fault(start, "this refers to a group that it stands in");
        }
        return group.Number <= (_beforeLookBehind ?? int.MaxValue) ? group : throw text.Fault(start, "this refers to a group of the same look-behind");
    }

    private static bool IsIdentifier(string name) =>
        (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_');

    /// <summary>One capturing group.</summary>
    internal sealed class Group(int number)
    {
        public int Number => number;

        public bool IsClosed { get; private set; }

        public long Shortest { get; private set; }

        public long Longest { get; private set; }

        public void Close(long shortest, long longest) => (IsClosed, Shortest, Longest) = (true, shortest, longest);
    }

    private sealed class Leave(PatternGroups groups, int? outer) : IDisposable
    {
        public void Dispose() => groups._beforeLookBehind = outer;
    }
}
