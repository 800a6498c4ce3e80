using Discovery.Catalog.Search;

namespace Discovery.Catalog.Tests.Search;

public sealed class SnapshotTests : SearchFixture
{
    [Fact]
    public void An_index_is_read_as_it_was_written_and_goes_on()
    {
        for (var i = 0; i < 300; i++)
        {
            Dataset($"db.table_{i}", aspects: [Properties($"table_{i}", "고객 words", ("n", $"{i % 7}")), Columns("id", $"c{i}"), Tags("pii")]);
        }
        Dataset("db.table_5", aspects: [Removed]);
        var copy = SearchIndex.Load(new MemoryStream(Saved()));
        foreach (var query in (string[])["*", "table", "c17", "고객", "name:table_1*"])
        {
            var request = new SearchRequest { Query = query, Count = 1000 };
            var (expected, found) = (Index.Search(request), copy.Search(request));
            Assert.Equal(expected.Matches.Select(match => (match.Urn, match.Score)), found.Matches.Select(match => (match.Urn, match.Score)));
            Assert.Equal(expected.Facets.SelectMany(facet => facet.Values), found.Facets.SelectMany(facet => facet.Values));
        }
        var urn = Urn("db.fresh");
        copy.Apply([State(urn, "dataset", [Properties("fresh")])]);
        copy.Apply([State(Urn("db.table_7"), "dataset", [])]);
        Assert.Equal(urn, copy.Search(new SearchRequest { Query = "fresh" }).Matches.Single().Urn);
        Assert.Equal(300, copy.Count);
    }

    [Fact]
    public void An_empty_index_is_read_as_well() => Assert.Equal(0, SearchIndex.Load(new MemoryStream(Saved())).Count);

    [Fact]
    public void A_damaged_snapshot_is_told()
    {
        Dataset("db.orders", aspects: [Properties("orders"), Columns("id")]);
        var saved = Saved();
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var damaged = saved.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<SearchSnapshotException>(() => SearchIndex.Load(new MemoryStream(damaged)));
            Assert.Throws<SearchSnapshotException>(() => SearchIndex.Load(new MemoryStream(saved[..random.Next(saved.Length)])));
        }
    }

    private byte[] Saved()
    {
        var stream = new MemoryStream();
        Index.Save(stream);
        return stream.ToArray();
    }
}
