using System.Text.Json;
using Discovery.Metadata;

namespace Discovery.Catalog.Pages.Views;

/// <summary>A member of an aspect that differs between two versions.</summary>
/// <param name="Path">Where: <c>fields / city_id / nullable</c>. Items of arrays are called by their key where they have one.</param>
/// <param name="Before">Its value before as short text; null where it is new.</param>
/// <param name="After">Its value after as short text; null where it is gone.</param>
public sealed record AspectDifference(string Path, string? Before, string? After)
{
    private const int MostCharacters = 160;

    /// <summary>Members that name an item of an array, the strongest first.</summary>
    private static readonly string[] Keys = ["fieldPath", "urn", "tag", "owner", "dataset", "destinationUrn", "name", "id"];

    /// <summary>What differs between two values; at most <paramref name="most"/> members.</summary>
    public static IReadOnlyList<AspectDifference> Between(JsonElement before, JsonElement after, int most)
    {
        var found = new List<AspectDifference>();
        Compare("", before, after, found, most);
        return found;
    }

    private static void Compare(string path, JsonElement before, JsonElement after, List<AspectDifference> found, int most)
    {
        if (found.Count >= most || AreEqual(before, after))
        {
            return;
        }
        if ((before.ValueKind, after.ValueKind) is not ((JsonValueKind.Object, JsonValueKind.Object) or (JsonValueKind.Array, JsonValueKind.Array)))
        {
            found.Add(new AspectDifference(path, Short(before), Short(after)));
            return;
        }
        var foundBefore = found.Count;
        var (old, current) = (Members(before), Members(after));
        foreach (var (name, value) in old)
        {
            Compare(Join(path, name), value, current.GetValueOrDefault(name), found, most);
        }
        foreach (var (name, value) in current)
        {
            if (!old.ContainsKey(name))
            {
                Compare(Join(path, name), default, value, found, most);
            }
        }
        if (found.Count == foundBefore)
        {
            found.Add(new AspectDifference(path, "another order", "this order"));
        }
    }

    private static bool AreEqual(JsonElement before, JsonElement after) =>
        before.ValueKind == after.ValueKind && (before.ValueKind == JsonValueKind.Undefined || JsonElement.DeepEquals(before, after));

    private static Dictionary<string, JsonElement> Members(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                members[member.Name] = member.Value;
            }
            return members;
        }
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var name = Keys.Select(key => item.Text(key)).FirstOrDefault(text => text is not null) ?? item.AsText();
            members[name is null || members.ContainsKey(name) ? $"#{index}" : name] = item;
            index++;
        }
        return members;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path} / {name}";

    private static string? Short(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        _ => ShortText.Cut(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), MostCharacters),
    };
}
