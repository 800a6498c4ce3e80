using Discovery.Metadata;

namespace Discovery.Catalog.Search.Text;

/// <summary>The part of a urn that people know.</summary>
internal static class UrnText
{
    private const string Prefix = "urn:li:";

    /// <summary>
    /// A urn without the names of its types: <c>urn:li:dataset:(urn:li:dataPlatform:mysql,shop.orders,PROD)</c> becomes
    /// <c>(mysql,shop.orders,PROD)</c>. Text that is no urn stays as it is.
    /// </summary>
    public static string Key(string urn)
    {
        if (!urn.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return urn;
        }
        var key = new System.Text.StringBuilder(urn.Length);
        for (var at = 0; at < urn.Length;)
        {
            var colon = urn.AsSpan(at).StartsWith(Prefix, StringComparison.Ordinal) ? urn.IndexOf(':', at + Prefix.Length) : -1;
            if (colon >= 0)
            {
                at = colon + 1;
                continue;
            }
            key.Append(urn[at++]);
        }
        return key.ToString();
    }

    /// <summary>The part that names the entity: <c>shop.orders</c> of the dataset above, the last part of other keys.</summary>
    public static string Name(string urn) => Urn.TryParse(urn, out var parsed) ? parsed.Parts.Count == 3 ? parsed.Parts[1] : parsed.Parts[^1] : urn;
}
