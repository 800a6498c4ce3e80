namespace Discovery.Catalog.Pages.Views;

/// <summary>
/// Where a field stands in a schema. Version 1: <c>address.zip</c>. Version 2:
/// <c>[version=2.0].[key=True].[type=struct].[type=array].address.[type=string].zip</c>.
/// </summary>
public sealed class FieldPath
{
    private FieldPath(IReadOnlyList<string> names, bool isKey)
    {
        Names = names;
        IsKey = isKey;
    }

    /// <summary>The names from the outermost field to this one. A dot in a name of version 1 parts it too.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether the path says that the field is part of the key (<c>[key=True]</c>).</summary>
    public bool IsKey { get; }

    /// <summary>Takes a path apart; a text that is none is one name.</summary>
    public static FieldPath Parse(string path)
    {
        if (!path.StartsWith("[version=", StringComparison.Ordinal))
        {
            return new FieldPath(path.Split('.'), isKey: false);
        }
        var names = new List<string>();
        var isKey = false;
        foreach (var token in SplitOutsideBrackets(path))
        {
            if (token.StartsWith('[') && token.EndsWith(']'))
            {
                isKey |= token.Equals("[key=True]", StringComparison.OrdinalIgnoreCase);
            }
            else
            {
                names.Add(token);
            }
        }
        return names.Count == 0 ? new FieldPath([path], isKey) : new FieldPath(names, isKey);
    }

    /// <summary>The names with dots between them.</summary>
    public override string ToString() => string.Join('.', Names);

    private static IEnumerable<string> SplitOutsideBrackets(string path)
    {
        var start = 0;
        var depth = 0;
        for (var i = 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '[':
                    depth++;
                    break;
                case ']' when depth > 0:
                    depth--;
                    break;
                case '.' when depth == 0:
                    yield return path[start..i];
                    start = i + 1;
                    break;
            }
        }
        yield return path[start..];
    }
}
