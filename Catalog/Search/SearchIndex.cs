using System.Buffers;
using Discovery.Catalog.Search.Documents;
using Discovery.Catalog.Search.Queries;
using Discovery.Catalog.Search.Results;
using Discovery.Catalog.Search.Storage;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Search;

/// <summary>
/// The search index over all entities, in memory. Changes are seen by the next search. Safe for use by many threads, with one
/// that applies changes at a time.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    // Searches wait for so many entities at most.
    private const int EntitiesPerLock = 64;

    private const int MaxPage = 100_000;

    // Each keeps a number for every entity.
    private const int MaxSortFields = 16;

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly List<DocumentBuffer> _buffers = [];
    private IndexContent _content = new();

    /// <summary>An index of nothing.</summary>
    public SearchIndex()
    {
    }

    private SearchIndex(IndexContent content) => _content = content;

    /// <summary>How many entities there are, soft-deleted ones included.</summary>
    public int Count => Read(content => content.LiveCount);

    /// <summary>Takes in entities that changed; one without aspects is removed.</summary>
    public void Apply(IReadOnlyList<EntityState> changed)
    {
        foreach (var entities in changed.Chunk(EntitiesPerLock))
        {
            // What can be done without the lock is: reading aspects and breaking text into words.
            for (var i = 0; i < entities.Length; i++)
            {
                if (i == _buffers.Count)
                {
                    _buffers.Add(new DocumentBuffer());
                }
                DocumentReader.Read(entities[i], _buffers[i]);
            }
            Write(() =>
            {
                for (var i = 0; i < entities.Length; i++)
                {
                    _content.Apply(_buffers[i]);
                }
                _content.UpdateOrder();
            });
        }
        if (_content.IsWorn)
        {
            // Nobody else writes, so searches go on while it is made.
            var fresh = _content.WithoutDead();
            Write(() => _content = fresh);
        }
    }

    /// <summary>Searches.</summary>
    /// <exception cref="CatalogException">The query, a filter or the scroll id is malformed.</exception>
    public SearchAnswer Search(SearchRequest request)
    {
        if (request.Start < 0 || request.Count < 0 || request.FacetValues < 0 || (long)request.Start + request.Count > MaxPage)
        {
            throw new CatalogException(CatalogFault.Argument, $"start and count are from 0, together at most {MaxPage}; scroll to see more");
        }
        if (request.Sort.Count > MaxSortFields)
        {
            throw new CatalogException(CatalogFault.Argument, $"matches are sorted by at most {MaxSortFields} fields");
        }
        var scroll = request.ScrollId is { } id ? ScrollPosition.Decode(id) : null;
        var query = QueryParser.Parse(request.Query, IsField, out var plain);
        return Read(content =>
        {
            var work = new SearchWork();
            var matches = Candidates(content, request.EntityTypes, request.Filter, request.IncludeSoftDeleted == true || FilterEvaluator.NamesRemoved(request.Filter), work);
            using var evaluator = new QueryEvaluator(content, content.Live(withRemoved: true), work, scroll?.Rarities);
            var scores = query is AnyNode ? null : evaluator.Evaluate(query);
            try
            {
                if (scores is not null)
                {
                    if (plain is not null)
                    {
                        evaluator.PreferNames(plain, scores, beginningMatches: false);
                    }
                    Rank(content, scores, matches);
                }
                return Answer(content, request, matches, scores, evaluator, scroll);
            }
            finally
            {
                if (scores is not null)
                {
                    ArrayPool<float>.Shared.Return(scores);
                }
            }
        });
    }

    /// <summary>Names that begin as the text does, best first, each with its entity.</summary>
    public IReadOnlyList<Suggestion> Complete(string text, IReadOnlyList<string>? entityTypes, int limit)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > QueryParser.MaxLength)
        {
            return [];
        }
        var weights = QueryEvaluator.Weights(field => field != IndexSchema.Instance.NameText && IndexSchema.Instance.TextFields[field].Completes);
        return Read(content =>
        {
            var work = new SearchWork();
            var matches = Candidates(content, entityTypes, SearchFilter.All, withRemoved: false, work);
            using var evaluator = new QueryEvaluator(content, matches, work);
            // A single letter begins so many words that only names are worth showing.
            var scores = evaluator.Evaluate(text.Trim().Length == 1 ? new OrNode([]) : QueryParser.Words(text), weights);
            evaluator.PreferNames(text, scores, beginningMatches: true);
            Rank(content, scores, matches);
            var order = new MatchOrder([], scores, content);
            var suggestions = order.First(matches.Documents(), Math.Clamp(limit, 0, MaxPage), out _).Select(document => Suggest(content, document)).ToList();
            ArrayPool<float>.Shared.Return(scores);
            return suggestions;
        });
    }

    /// <summary>The next level below a browse path: names (or urns of containers) with how many entities they hold.</summary>
    public IReadOnlyList<FacetValue> Browse(IReadOnlyList<string>? entityTypes, IReadOnlyList<string> path, SearchFilter filter) =>
        Read(content => BrowseLevel.Count(content, path, Candidates(content, entityTypes, filter, FilterEvaluator.NamesRemoved(filter), new SearchWork())));

    /// <summary>Writes the index as it is in memory.</summary>
    public void Save(Stream stream) => Read(content =>
    {
        content.Save(stream);
        return true;
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="stream">A stream that knows its length.</param>
    /// <exception cref="SearchSnapshotException">It is damaged, or of another version of the index or the model.</exception>
    public static SearchIndex Load(Stream stream) => new(IndexContent.Load(stream));

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static bool IsField(string name) => IndexSchema.Trim(name) == "urn" || IndexSchema.Instance.FindColumn(name) >= 0;

    /// <summary>The documents that may match.</summary>
    private static Bitmap Candidates(IndexContent content, IReadOnlyList<string>? entityTypes, SearchFilter filter, bool withRemoved, SearchWork work)
    {
        var matches = content.Live(withRemoved);
        if (entityTypes is not null)
        {
            filter = entityTypes.Count == 0 ? filter : filter.And(new Criterion(IndexSchema.EntityTypeField, "IN", entityTypes));
        }
        if (new FilterEvaluator(content, work).Evaluate(filter) is { } allowed)
        {
            matches.And(allowed);
        }
        return matches;
    }

    /// <summary>Leaves only matches with a score, and weighs these.</summary>
    private static void Rank(IndexContent content, float[] scores, Bitmap matches)
    {
        for (var document = 0; document < content.DocumentCount; document++)
        {
            if (scores[document] == 0)
            {
                matches.Clear(document);
            }
            else
            {
                scores[document] *= content.Weight(document);
            }
        }
    }

    private static SearchAnswer Answer(
        IndexContent content, SearchRequest request, Bitmap matches, float[]? scores, QueryEvaluator evaluator, ScrollPosition? scroll)
    {
        var order = new MatchOrder(request.Sort, scores, content);
        var rest = matches.Documents();
        if (scroll is not null)
        {
            rest = order.After(scroll.Place, rest);
        }
        var start = scroll is null ? request.Start : 0;
        var page = order.First(rest, start + request.Count, out var seen)[Math.Min(start, seen)..];
        return new SearchAnswer(
            matches.Count(),
            [.. page.Select(document => new SearchMatch(content.Urn(document), EntityType(content, document), scores?[document] ?? 1, evaluator.MatchedFields(document)))],
            FacetCounter.Count(content, request.Facets, matches, request.FacetValues),
            seen > start + request.Count && page.Length > 0 ? new ScrollPosition(order.Describe(page[^1]), evaluator.Rarities).Encode() : null);
    }

    private static string EntityType(IndexContent content, int document) => content.FirstValue(IndexSchema.Instance.EntityType, document) ?? "";

    private static Suggestion Suggest(IndexContent content, int document) => new(
        content.FirstValue(IndexSchema.Instance.EntityName, document) ?? Text.UrnText.Name(content.Urn(document)), content.Urn(document), EntityType(content, document));

    private T Read<T>(Func<IndexContent, T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read(_content);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private void Write(Action write)
    {
        _lock.EnterWriteLock();
        try
        {
            write();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }
}
