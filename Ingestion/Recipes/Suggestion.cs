namespace Discovery.Ingestion.Recipes;

/// <summary>Finds what somebody may have meant.</summary>
public static class Suggestion
{
    private const int MostListed = 15;

    /// <summary><c>; did you mean 'x'?</c> for the known word that is closest, empty when none is close.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        var (best, distance) = known
            .Select(candidate => (candidate, Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.Item2).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best is not null && distance <= Math.Max(1, Math.Min(word.Length, best.Length) / 3) ? $"; did you mean '{best}'?" : "";
    }

    /// <summary>As <see cref="For"/>, or the known words if none is close and they are few.</summary>
    public static string OrAll(string word, IReadOnlyCollection<string> known) =>
        For(word, known) is { Length: > 0 } suggestion ? suggestion
        : known.Count <= MostListed ? $"; there are: {string.Join(", ", known)}"
        : "; check the name, or remove it";

    /// <summary>Letters to insert, delete, change or swap to turn one word into the other.</summary>
    private static int Distance(string from, string to)
    {
        // Nothing that long is a known word; the table below stays small.
        if (from.Length > 100)
        {
            return from.Length;
        }
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }
                var change = table[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(change, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }
        return table[from.Length, to.Length];
    }
}
