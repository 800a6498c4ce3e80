namespace Discovery.Catalog.Pages.Views;

/// <summary>Puts fields under the fields that they are part of.</summary>
internal static class FieldTree
{
    /// <summary>
    /// Each field followed by those inside it. The parent of <c>a.b.c</c> is <c>a.b</c> or else <c>a</c>, where the schema has such a field;
    /// without one the field stands alone under its whole path, as a column does whose name has a dot in it.
    /// </summary>
    public static IReadOnlyList<FieldView> Order(IReadOnlyList<FieldView> fields)
    {
        var byPath = new Dictionary<string, int>(StringComparer.Ordinal);
        var children = new List<int>[fields.Count];
        var roots = new List<int>();
        for (var i = 0; i < fields.Count; i++)
        {
            children[i] = [];
            (Parent(fields[i].Place.Names, byPath) is { } parent ? children[parent] : roots).Add(i);
            byPath[string.Join('\0', fields[i].Place.Names)] = i;
        }

        var ordered = new List<FieldView>(fields.Count);
        var left = new Stack<(int Field, int Depth, int ParentNames)>();
        Push(roots, 0, 0);
        while (left.TryPop(out var next))
        {
            var field = fields[next.Field];
            ordered.Add(field with { Depth = next.Depth, Name = string.Join('.', field.Place.Names.Skip(next.ParentNames)) });
            Push(children[next.Field], next.Depth + 1, field.Place.Names.Count);
        }
        return ordered;

        void Push(List<int> level, int depth, int parentNames)
        {
            for (var i = level.Count - 1; i >= 0; i--)
            {
                left.Push((level[i], depth, parentNames));
            }
        }
    }

    private static int? Parent(IReadOnlyList<string> names, Dictionary<string, int> byPath)
    {
        // Deeper than this nobody nests; a name made of thousands of dots must not cost a look-up for each.
        for (var length = Math.Min(names.Count - 1, 64); length > 0; length--)
        {
            if (byPath.TryGetValue(string.Join('\0', names.Take(length)), out var parent))
            {
                return parent;
            }
        }
        return null;
    }
}
