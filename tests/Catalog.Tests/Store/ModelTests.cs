using System.Text;
using Discovery.Catalog.Writes;
using static Discovery.Catalog.Tests.Store.TestStore;

namespace Discovery.Catalog.Tests.Store;

/// <summary>The store beside a dictionary: random writes, deletes and rollbacks leave the same in both.</summary>
public sealed class ModelTests
{
    private const int Steps = 120;
    private static readonly string[] Aspects = ["datasetProperties", "editableDatasetProperties"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task The_store_holds_what_a_dictionary_would(int seed)
    {
        var random = new Random(seed);
        await using var test = TestStore.Create();
        var model = new Model();
        string[] urns = [Dataset("m.a"), Dataset("m.b"), Dataset("m.c%2C_Ä")];
        for (var step = 0; step < Steps; step++)
        {
            var urn = urns[random.Next(urns.Length)];
            var run = $"run-{random.Next(4)}";
            switch (random.Next(12))
            {
                case 0:
                    await test.Store.DeleteEntityAsync(urn, TestContext.Current.CancellationToken);
                    model.Delete(urn);
                    break;
                case 1:
                    var aspect = Aspects[random.Next(Aspects.Length)];
                    await test.Store.DeleteAspectsAsync(urn, [aspect], TestContext.Current.CancellationToken);
                    model.Delete(urn, aspect);
                    break;
                case 2:
                    await test.Store.RollBackAsync(run, dryRun: false, safe: false, Actor, TestContext.Current.CancellationToken);
                    model.RollBack(run);
                    break;
                case 3:
                    await test.ReopenAsync();
                    break;
                default:
                    await WriteAsync(test, model, random, urn, run);
                    break;
            }
            Compare(test, model, urns, $"seed {seed}, step {step}");
        }
    }

    private static async Task WriteAsync(TestStore test, Model model, Random random, string urn, string run)
    {
        var batch = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (
            Aspect: Aspects[random.Next(Aspects.Length)],
            Value: $$"""{"description":"{{random.Next(3)}}"}""",
            Kind: (ChangeKind)random.Next(3))).ToArray();
        var expected = model.Write(urn, batch, run);
        try
        {
            await test.WriteAsync([.. batch.Select(write => Change(urn, write.Aspect, write.Value, write.Kind, run))]);
            Assert.True(expected, "the write should have been refused");
        }
        catch (CatalogException e)
        {
            Assert.False(expected, e.Message);
        }
    }

    private static void Compare(TestStore test, Model model, string[] urns, string where)
    {
        foreach (var urn in urns)
        {
            Assert.True(model.Exists(urn) == test.Store.Exists(urn), where);
            foreach (var aspect in Aspects)
            {
                var stored = test.Store.ReadHistory(urn, aspect).Select(version => Encoding.UTF8.GetString(version.Value.Span)).ToArray();
                Assert.True(model.Versions(urn, aspect).SequenceEqual(stored, StringComparer.Ordinal), $"{where}: {aspect} of {urn}");
            }
        }
    }

    private sealed class Model
    {
        private Dictionary<(string Urn, string Aspect), List<(string Value, string Run)>> _aspects = [];
        private Dictionary<string, string> _creators = [];

        public bool Exists(string urn) => _creators.ContainsKey(urn);

        public IEnumerable<string> Versions(string urn, string aspect) => _aspects.TryGetValue((urn, aspect), out var versions) ? versions.Select(version => version.Value) : [];

        public void Delete(string urn)
        {
            _creators.Remove(urn);
            foreach (var aspect in Aspects)
            {
                _aspects.Remove((urn, aspect));
            }
        }

        public void Delete(string urn, string aspect) => _aspects.Remove((urn, aspect));

        public void RollBack(string run)
        {
            foreach (var urn in _creators.Where(creator => creator.Value == run).Select(creator => creator.Key).ToList())
            {
                Delete(urn);
            }
            foreach (var (key, versions) in _aspects.Where(aspect => aspect.Value[^1].Run == run).ToList())
            {
                while (versions.Count > 0 && versions[^1].Run == run)
                {
                    versions.RemoveAt(versions.Count - 1);
                }
                if (versions.Count == 0)
                {
                    _aspects.Remove(key);
                }
            }
        }

        /// <returns>False when the batch is refused, which leaves everything as it was.</returns>
        public bool Write(string urn, (string Aspect, string Value, ChangeKind Kind)[] batch, string run)
        {
            var before = _aspects.ToDictionary(aspect => aspect.Key, aspect => aspect.Value.ToList());
            var existed = Exists(urn);
            foreach (var (aspect, value, kind) in batch)
            {
                var has = _aspects.TryGetValue((urn, aspect), out var versions);
                if ((kind == ChangeKind.Create && has) || (kind == ChangeKind.CreateEntity && existed))
                {
                    _aspects = before;
                    return false;
                }
                if (!has)
                {
                    _aspects.Add((urn, aspect), versions = []);
                }
                if (versions!.Count > 0 && versions[^1].Value == value)
                {
                    // An equal value now belongs to this run.
                    versions[^1] = (value, run);
                }
                else
                {
                    versions.Add((value, run));
                }
                if (versions.Count > 21)
                {
                    versions.RemoveAt(0);
                }
            }
            _creators.TryAdd(urn, run);
            return true;
        }
    }
}
