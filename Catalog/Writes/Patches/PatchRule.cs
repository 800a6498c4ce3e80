namespace Discovery.Catalog.Writes.Patches;

/// <summary>How patches address a member of an aspect.</summary>
internal sealed record PatchRule
{
    private static readonly Dictionary<string, PatchRule> NoMembers = [];

    /// <summary>An object whose members need no rules.</summary>
    public static PatchRule None { get; } = new();

    /// <summary>The rules of members: of the object, or of each item of the array.</summary>
    public IReadOnlyDictionary<string, PatchRule> Members { get; init; } = NoMembers;

    /// <summary>
    /// Members that tell the items of an array apart; <c>a␟b</c> is member b of member a. None at all for an array of texts,
    /// each of which is its own key. Null where the member is no such array.
    /// </summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary>Whether the member is column lineage, which has an addressing of its own (<see cref="ColumnLineage"/>).</summary>
    public bool IsColumnLineage { get; init; }

    /// <summary>Whether the member is an array that stands as nested maps while it is patched.</summary>
    public bool IsKeyed => IsColumnLineage || Keys is not null;

    /// <summary>Parts of a path from the array to an item.</summary>
    public int Levels => IsColumnLineage ? ColumnLineage.Levels : Keys is null ? 0 : Math.Max(Keys.Count, 1);
}
