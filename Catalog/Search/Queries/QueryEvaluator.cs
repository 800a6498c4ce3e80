using System.Buffers;
using System.Text;
using Discovery.Catalog.Search.Documents;
using Discovery.Catalog.Search.Storage;

namespace Discovery.Catalog.Search.Queries;

/// <summary>Finds the documents that match a query, and how well. Of each word only the best field counts; rare words count more.</summary>
/// <param name="content">The index.</param>
/// <param name="universe">The documents that are searched; says how rare a word is.</param>
/// <param name="work">Counts what this costs.</param>
/// <param name="rarities">How rare the words were on the page before, so that scores are the same on the next.</param>
internal sealed class QueryEvaluator(IndexContent content, Bitmap universe, SearchWork work, IReadOnlyList<float>? rarities = null) : IDisposable
{
    private const int KeptLeaves = 8;
    private const float ExactName = 10_000;
    private const float NamePrefix = 1_000;

    private static readonly int[] DefaultWeights = Weights(field => field != IndexSchema.Instance.NameText);

    private readonly int _universeCount = universe.Count();
    private readonly List<LeafMatches> _leaves = [];
    private readonly List<float> _rarities = [];

    /// <summary>How rare the words are, in their order.</summary>
    public IReadOnlyList<float> Rarities => _rarities;

    /// <summary>The weights of text fields that a condition holds for; 0 for the others.</summary>
    public static int[] Weights(Func<int, bool> includes) =>
        [.. IndexSchema.Instance.TextFields.Select((field, number) => includes(number) ? field.Weight : 0)];

    /// <summary>The scores of all documents; 0 for one that does not match. From <see cref="ArrayPool{T}.Shared"/>.</summary>
    /// <exception cref="CatalogException">The query is too much work.</exception>
    public float[] Evaluate(QueryNode node, int[]? weights = null)
    {
        weights ??= DefaultWeights;
        switch (node)
        {
            case AndNode and:
                return Combine(and.Parts, weights, isAnd: true);
            case OrNode or:
                return Combine(or.Parts, weights, isAnd: false);
            case NotNode not:
                var scores = Evaluate(not.Part, weights);
                foreach (ref var score in scores.AsSpan(0, content.DocumentCount))
                {
                    score = score > 0 ? 0 : 1;
                }
                return scores;
            case AnyNode:
                var all = Rent();
                all.AsSpan(0, content.DocumentCount).Fill(1);
                return all;
            default:
                return EvaluateLeaf(node, weights);
        }
    }

    /// <summary>Puts entities first whose name is what is searched for, then those whose name begins with it.</summary>
    /// <param name="text">What is searched for.</param>
    /// <param name="scores">The scores, which are changed.</param>
    /// <param name="beginningMatches">Whether an entity matches whose name begins with the text, and not only one whose name it is.</param>
    public void PreferNames(string text, float[] scores, bool beginningMatches)
    {
        var name = DocumentReader.NameTerm(text);
        var terms = new List<int>();
        content.TermOrder.AddStartingWith(name, terms);
        var bonus = Rent();
        foreach (var term in terms)
        {
            var length = content.Terms[term].Length;
            var points = length == name.Length ? ExactName : NamePrefix * name.Length / length;
            for (var postings = Postings(term); postings.MoveNext();)
            {
                bonus[postings.Document] = Math.Max(bonus[postings.Document], points);
            }
        }
        for (var document = 0; document < content.DocumentCount; document++)
        {
            if (scores[document] > 0 || bonus[document] == ExactName || beginningMatches)
            {
                scores[document] += bonus[document];
            }
        }
        ArrayPool<float>.Shared.Return(bonus);
    }

    /// <summary>The fields that a document matches in.</summary>
    public IReadOnlyList<string> MatchedFields(int document) => [.. _leaves.Select(leaf => leaf.Field(document)).OfType<string>().Distinct()];

    /// <inheritdoc/>
    public void Dispose() => _leaves.ForEach(leaf => leaf.Dispose());

    private float[] Rent()
    {
        var scores = ArrayPool<float>.Shared.Rent(content.DocumentCount);
        scores.AsSpan(0, content.DocumentCount).Clear();
        return scores;
    }

    private float[] Combine(IReadOnlyList<QueryNode> parts, int[] weights, bool isAnd)
    {
        float[]? combined = null;
        foreach (var part in parts)
        {
            var scores = Evaluate(part, weights);
            if (combined is null)
            {
                combined = scores;
                continue;
            }
            var left = combined.AsSpan(0, content.DocumentCount);
            var right = scores.AsSpan(0, content.DocumentCount);
            for (var i = 0; i < left.Length; i++)
            {
                left[i] = isAnd && (left[i] == 0 || right[i] == 0) ? 0 : left[i] + right[i];
            }
            ArrayPool<float>.Shared.Return(scores);
        }
        return combined ?? Rent();
    }

    private float[] EvaluateLeaf(QueryNode node, int[] weights)
    {
        var leaf = new LeafMatches(content.DocumentCount);
        switch (node)
        {
            case WordNode { Field: { } field } word:
                MatchWord(word, WeightsOf(field), leaf);
                MatchValues(field, Wildcard.Around(word.Text, anyBefore: false, word.IsPrefix), exact: word.IsPrefix ? null : word.Text, leaf);
                break;
            case WordNode word:
                MatchWord(word, weights, leaf);
                break;
            case PhraseNode { Field: { } field } phrase:
                MatchPhrase(QueryTerms.Of(phrase.Text), isPrefix: false, WeightsOf(field), leaf);
                MatchValues(field, pattern: null, exact: phrase.Text, leaf);
                break;
            case PhraseNode phrase:
                MatchPhrase(QueryTerms.Of(phrase.Text), isPrefix: false, weights, leaf);
                break;
            case PatternNode { Field: { } field } pattern:
                MatchPattern(pattern.Pattern, WeightsOf(field), leaf);
                MatchValues(field, pattern.Pattern, exact: null, leaf);
                break;
            case PatternNode pattern:
                MatchPattern(pattern.Pattern, weights, leaf);
                break;
            case UrnNode urn:
                MatchUrn(Encoding.UTF8.GetBytes(urn.Urn), leaf);
                break;
        }
        return Score(leaf);
    }

    private float[] Score(LeafMatches leaf)
    {
        work.Spend(content.DocumentCount);
        var scores = Rent();
        var matches = 0;
        for (var document = 0; document < content.DocumentCount; document++)
        {
            var quality = leaf.Quality(document);
            scores[document] = quality;
            matches += quality > 0 && universe[document] ? 1 : 0;
        }
        var rarity = _rarities.Count < rarities?.Count
            ? rarities[_rarities.Count]
            : MathF.Log(1 + ((_universeCount + 1) / (matches + 0.5f)));
        _rarities.Add(rarity);
        foreach (ref var score in scores.AsSpan(0, content.DocumentCount))
        {
            score *= rarity;
        }
        if (_leaves.Count < KeptLeaves)
        {
            _leaves.Add(leaf);
        }
        else
        {
            leaf.Dispose();
        }
        return scores;
    }

    private static int[] WeightsOf(string field)
    {
        var fields = IndexSchema.Instance.FindText(field).ToHashSet();
        return Weights(fields.Contains);
    }

    private void MatchWord(WordNode word, int[] weights, LeafMatches leaf)
    {
        var terms = QueryTerms.Of(word.Text);
        if (terms.Words.Count == 1 && terms.Joined is null)
        {
            // One character of text in pairs begins a pair, or ends the text.
            MatchTerm(terms.Words[0].Term, word.IsPrefix || IsOneCharacter(terms.Words[0].Term), weights, leaf);
            return;
        }
        MatchPhrase(terms, word.IsPrefix, weights, leaf);
        if (terms.Joined is not null)
        {
            MatchTerm(terms.Joined, word.IsPrefix, weights, leaf);
        }
    }

    private static bool IsOneCharacter(byte[] term) =>
        term[0] >= 0x80 && Rune.DecodeFromUtf8(term, out _, out var length) == OperationStatus.Done && length == term.Length;

    private void MatchTerm(byte[] text, bool isPrefix, int[] weights, LeafMatches leaf)
    {
        var exact = content.Terms.Find(text);
        if (exact >= 0)
        {
            MatchTerm(exact, quality: 2, weights, leaf);
        }
        if (isPrefix)
        {
            foreach (var term in TermsStartingWith(text))
            {
                MatchTerm(term, quality: 1, weights, leaf);
            }
        }
    }

    private void MatchTerm(int term, int quality, int[] weights, LeafMatches leaf)
    {
        for (var postings = Postings(term); postings.MoveNext();)
        {
            if (weights[postings.Field] is > 0 and var weight)
            {
                leaf.AddText(postings.Document, postings.Field, weight * quality);
            }
        }
    }

    private void MatchPhrase(QueryTerms phrase, bool isPrefix, int[] weights, LeafMatches leaf)
    {
        var words = new List<(IReadOnlyList<int> Terms, int Position)>();
        for (var i = 0; i < phrase.Words.Count; i++)
        {
            var (text, position) = phrase.Words[i];
            var exact = content.Terms.Find(text);
            List<int> terms = isPrefix && i == phrase.Words.Count - 1 ? TermsStartingWith(text) : exact >= 0 ? [exact] : [];
            if (terms.Count == 0)
            {
                return;
            }
            work.Spend(16L * terms.Count);
            words.Add((terms, position));
        }
        if (words.Count == 1)
        {
            MatchTerm(phrase.Words[0].Term, isPrefix, weights, leaf);
        }
        else if (words.Count > 1)
        {
            foreach (var (document, field) in PhraseMatcher.Find(content, words, work.Spend))
            {
                if (weights[field] is > 0 and var weight)
                {
                    leaf.AddText(document, field, weight * 2);
                }
            }
        }
    }

    private void MatchPattern(Wildcard pattern, int[] weights, LeafMatches leaf)
    {
        if (pattern.Prefix.IsEmpty)
        {
            for (var term = 0; term < content.Terms.Count; term++)
            {
                MatchIfFits(term);
            }
            return;
        }
        foreach (var term in TermsStartingWith(pattern.Prefix))
        {
            MatchIfFits(term);
        }

        void MatchIfFits(int term)
        {
            if (content.Terms[term] is var text && text[0] != DocumentReader.NameMark && pattern.IsMatch(text, work))
            {
                MatchTerm(term, quality: 1, weights, leaf);
            }
        }
    }

    /// <summary>Finds whole values of a field.</summary>
    private void MatchValues(string field, Wildcard? pattern, string? exact, LeafMatches leaf)
    {
        var number = IndexSchema.Instance.FindColumn(field);
        if (number < 0 || content.Column(number) is not { } column)
        {
            if (IndexSchema.Trim(field) == "urn")
            {
                MatchUrns(pattern, exact, leaf);
            }
            return;
        }
        work.Spend(column.Documents.Length);
        var wanted = ValueSet.Where(column.Values, pattern, exact is null ? null : EntityTypeNames.Normalize(field, exact), work);
        var documents = column.Documents;
        var values = column.ValueIds;
        for (var i = 0; i < documents.Length; i++)
        {
            if (wanted.Contains(values[i]))
            {
                leaf.AddColumn(documents[i], number, quality: 2);
            }
        }
    }

    private void MatchUrns(Wildcard? pattern, string? exact, LeafMatches leaf)
    {
        if (exact is not null)
        {
            if (content.FindDocument(Encoding.UTF8.GetBytes(exact)) is >= 0 and var found)
            {
                leaf.AddText(found, IndexSchema.Instance.NameText, quality: 2);
            }
            return;
        }
        for (var document = 0; document < content.DocumentCount; document++)
        {
            if (pattern!.IsMatch(content.Urns[content.UrnId(document)], work))
            {
                leaf.AddText(document, IndexSchema.Instance.NameText, quality: 2);
            }
        }
    }

    private void MatchUrn(byte[] urn, LeafMatches leaf)
    {
        for (var document = 0; document < content.DocumentCount; document++)
        {
            var candidate = content.Urns[content.UrnId(document)];
            if (candidate.StartsWith(urn))
            {
                leaf.AddText(document, IndexSchema.Instance.NameText, candidate.Length == urn.Length ? 100 : 1);
            }
        }
    }

    private List<int> TermsStartingWith(ReadOnlySpan<byte> text)
    {
        var terms = new List<int>();
        content.TermOrder.AddStartingWith(text, terms);
        return terms;
    }

    private PostingReader Postings(int term)
    {
        var bytes = content.Postings.Read(term);
        work.Spend(bytes.Length + 16);
        return new PostingReader(bytes);
    }
}
