using Discovery.Catalog.Search.Storage;

namespace Discovery.Catalog.Search.Queries;

/// <summary>Finds the places where words stand beside each other.</summary>
internal static class PhraseMatcher
{
    private const int FieldBits = 12;
    private const int PositionBits = 20;

    /// <summary>Finds a phrase.</summary>
    /// <param name="content">The index.</param>
    /// <param name="words">Of each word the terms that will do, and its position in the phrase; at least two, one of them with a single term.</param>
    /// <param name="spend">Told of the bytes of postings before they are read; may throw.</param>
    /// <returns>Documents and fields, in order; one for each place.</returns>
    public static IEnumerable<(int Document, int Field)> Find(IndexContent content, IReadOnlyList<(IReadOnlyList<int> Terms, int Position)> words, Action<long> spend)
    {
        // The word with the fewest documents leaves the fewest places to look at. What only a beginning is known of stands for many terms.
        var ordered = words.OrderBy(word => word.Terms.Count == 1 ? content.Postings.CountDocuments(word.Terms[0]) : int.MaxValue).ToList();
        var places = new List<ulong>();
        foreach (var term in ordered[0].Terms)
        {
            spend(content.Postings.Read(term).Length);
            Places(content, term, ordered[0].Position, places);
        }
        if (ordered[0].Terms.Count > 1)
        {
            places.Sort();
        }
        foreach (var (terms, position) in ordered.Skip(1))
        {
            if (places.Count == 0)
            {
                break;
            }
            var kept = new List<ulong>();
            foreach (var term in terms)
            {
                Intersect(content, term, position, places, kept, spend);
            }
            if (terms.Count > 1)
            {
                kept.Sort();
            }
            places = kept;
        }
        return places.Select(place => ((int)(place >> (FieldBits + PositionBits)), (int)(place >> PositionBits) & ((1 << FieldBits) - 1)));
    }

    private static void Places(IndexContent content, int term, int offset, List<ulong> places)
    {
        for (var postings = new PostingReader(content.Postings.Read(term)); postings.MoveNext();)
        {
            for (var position = postings.NextPosition(0); position >= 0; position = postings.NextPosition(position))
            {
                if (position >= offset)
                {
                    places.Add(Place(postings.Document, postings.Field, position - offset));
                }
            }
        }
    }

    private static void Intersect(IndexContent content, int term, int offset, List<ulong> places, List<ulong> kept, Action<long> spend)
    {
        // Most of the words that a beginning stands for are names of a single document.
        var last = content.Postings.LastDocument(term);
        if (places[0] >= Place(last + 1, 0, 0) || (content.Postings.CountDocuments(term) == 1 && !HasDocument(places, last)))
        {
            return;
        }
        var at = 0;
        spend(content.Postings.Read(term).Length);
        for (var postings = new PostingReader(content.Postings.Read(term)); at < places.Count && postings.MoveNext();)
        {
            var first = Place(postings.Document, postings.Field, 0);
            while (at < places.Count && places[at] < first)
            {
                at++;
            }
            if (at == places.Count || places[at] >> PositionBits != first >> PositionBits)
            {
                continue;
            }
            for (var position = postings.NextPosition(0); position >= 0 && at < places.Count; position = postings.NextPosition(position))
            {
                if (position < offset)
                {
                    continue;
                }
                var place = Place(postings.Document, postings.Field, position - offset);
                while (at < places.Count && places[at] < place)
                {
                    at++;
                }
                if (at < places.Count && places[at] == place)
                {
                    kept.Add(place);
                }
            }
        }
    }

    private static bool HasDocument(List<ulong> places, int document)
    {
        var at = places.BinarySearch(Place(document, 0, 0));
        return at >= 0 || (~at < places.Count && places[~at] < Place(document + 1, 0, 0));
    }

    private static ulong Place(int document, int field, int position) =>
        ((ulong)(uint)document << (FieldBits + PositionBits)) | ((ulong)(uint)field << PositionBits) | (uint)position;
}
