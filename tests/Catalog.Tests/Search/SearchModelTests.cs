using Discovery.Catalog.Search;

namespace Discovery.Catalog.Tests.Search;

/// <summary>Compares the index with a list that is looked through.</summary>
public sealed class SearchModelTests : SearchFixture
{
    private static readonly string[] Vocabulary = ["order", "orders", "item", "customer", "day", "고객", "주문", "sum", "x", "ord"];
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_answers_as_a_list_would(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            for (var change = 0; change < 60; change++)
            {
                Change(random);
            }
            Assert.Equal(_rows.Count, Index.Count);
            for (var i = 0; i < 10; i++)
            {
                Compare(random);
            }
        }
    }

    private void Change(Random random)
    {
        var name = $"db.t{random.Next(400)}";
        var urn = Urn(name);
        if (random.Next(5) == 0)
        {
            _rows.Remove(urn);
            Entity(urn);
            return;
        }
        var row = new Row(urn, Words(random, 3), Words(random, 5), $"tag{random.Next(4)}", random.Next(100), random.Next(6) == 0);
        _rows[urn] = row;
        Dataset(name, aspects:
        [
            ("datasetProperties", $$"""{"name":"{{string.Join('_', row.Name)}}","description":"{{string.Join(' ', row.Description)}}","created":{"time":{{row.Created}} } }"""),
            Tags(row.Tag), ("status", $$"""{"removed":{{(row.Removed ? "true" : "false")}}}"""),
        ]);
    }

    private void Compare(Random random)
    {
        var (first, second) = (Word(random), Word(random));
        var (query, holds) = random.Next(5) switch
        {
            0 => ("*", (Func<Row, bool>)(_ => true)),
            1 => (first, row => row.Has(first, prefix: true)),
            2 => ($"{first} {second}", row => row.Has(first, prefix: false) && row.Has(second, prefix: true)),
            3 => ($"NOT \"{first}\"", row => !row.Has(first, prefix: false)),
            _ => ($"\"{first}\" OR name:\"{second}\"", row => row.Has(first, prefix: false) || row.Name.Contains(second)),
        };
        var tag = $"urn:li:tag:tag{random.Next(4)}";
        var bound = random.Next(100);
        var (filter, allows) = random.Next(4) switch
        {
            0 => (SearchFilter.All, (Func<Row, bool>)(row => !row.Removed)),
            1 => (All(Where("tags", "EQUAL", tag)), row => !row.Removed && row.Tag == tag[11..]),
            2 => (All(Where("createdAt", "GREATER_THAN", $"{bound}"), Where("tags", "EQUAL", tag) with { Negated = true }), row => !row.Removed && row.Created > bound && row.Tag != tag[11..]),
            _ => (All(Where("removed", "EQUAL", "true")), row => row.Removed),
        };
        var descending = random.Next(2) == 0;
        var rows = _rows.Values.Where(row => holds(row) && allows(row)).ToList();
        var expected = (descending ? rows.OrderByDescending(row => row.Created) : rows.OrderBy(row => row.Created)).ThenBy(row => row.Urn, StringComparer.Ordinal);
        var request = new SearchRequest { Query = query, Filter = filter, Sort = [new SortBy("createdAt", descending)], Count = random.Next(1, 90), Facets = ["tags"] };
        var found = new List<string>();
        for (string? scroll = ""; scroll is not null;)
        {
            var answer = Index.Search(request with { ScrollId = scroll.Length == 0 ? null : scroll });
            found.AddRange(answer.Matches.Select(match => match.Urn));
            scroll = answer.ScrollId;
            Assert.Equal(rows.Count, answer.Total);
            Assert.Equal(
                rows.GroupBy(row => row.Tag).Select(group => ($"urn:li:tag:{group.Key}", group.Count())).Order(),
                answer.Facets[0].Values.Select(value => (value.Value, value.Count)).Order());
        }
        Assert.Equal(expected.Select(row => row.Urn), found);
        Assert.Equal(found.Order(StringComparer.Ordinal), Index.Search(new SearchRequest { Query = query, Filter = filter, Count = 1000 }).Matches.Select(match => match.Urn).Order(StringComparer.Ordinal));
    }

    private static string[] Words(Random random, int most) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Word(random))];

    private static string Word(Random random) => random.Next(3) == 0 ? $"w{random.Next(3000)}" : Vocabulary[random.Next(Vocabulary.Length)];

    private sealed record Row(string Urn, string[] Name, string[] Description, string Tag, int Created, bool Removed)
    {
        public bool Has(string word, bool prefix) =>
            Name.Concat(Description).Any(each => each == word || (prefix && each.StartsWith(word, StringComparison.Ordinal)));
    }
}
