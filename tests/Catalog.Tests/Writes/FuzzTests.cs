using System.Text;
using Discovery.Catalog.Writes;
using Discovery.Metadata;
using static Discovery.Catalog.Tests.Writes.Aspects;

namespace Discovery.Catalog.Tests.Writes;

/// <summary>Whatever clients send, the answer is a value that fits the model or a <see cref="CatalogException"/>.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 4_000;

    private static readonly (string Aspect, string Value)[] Values =
    [
        ("schemaMetadata", SampleSchema.Json(3)),
        ("ownership", """{"owners":[{"owner":"urn:li:corpuser:a","type":"DATAOWNER","attribution":{"time":1,"actor":"urn:li:corpuser:x","sourceDetail":{"a":"\ud83d\ude00"}}}],"lastModified":{"time":0,"actor":"urn:li:corpuser:a"}}"""),
        ("structuredProperties", """{"properties":[{"propertyUrn":"urn:li:structuredProperty:a","values":[{"double":1.5e3},{"string":"\u0000"}]}]}"""),
        ("upstreamLineage", """{"upstreams":[{"dataset":"d","type":"VIEW"}],"fineGrainedLineages":[{"upstreamType":"FIELD_SET","upstreams":["a"],"downstreamType":"FIELD","downstreams":["b"],"confidenceScore":1.0}]}"""),
        ("domains", """{"domains":["a"],"domainAssociations":[{"domain":"a","attribution":{"time":1,"actor":"x","sourceDetail":{"propagated":"true"}}}]}"""),
        ("editableSchemaMetadata", """{"editableSchemaFieldInfo":[{"fieldPath":"a","globalTags":{"tags":[{"tag":"t"}]}}]}"""),
    ];

    private static readonly string[] Patches =
    [
        """[{"op":"add","path":"/owners/urn:li:corpuser:a/DATAOWNER","value":{}},{"op":"remove","path":"/fineGrainedLineages/NONE/b/NONE/a"}]""",
        """{"arrayPrimaryKeys":{"owners":["owner","attribution␟source"],"upstreams":["dataset"]},"patch":[{"op":"add","path":"/owners//x/y","value":{"owner":"o","type":"NONE"}},{"op":"remove","path":"/upstreams/d"}]}""",
        """[{"op":"add","path":"/editableSchemaFieldInfo/a/globalTags/tags/x","value":{"tag":"x"}},{"op":"replace","path":"/domains","value":["b"]},{"op":"add","path":"/fineGrainedLineages/NONE/b/NONE/z","value":{"confidenceScore":0.5}}]""",
    ];

    private static readonly string[] Splices =
        ["\"", "{", "}", "[", "]", ",", ":", "null", "1e999", "-", "\\ud800", "\\u0061", "\"\"", "true", "0", "{\"a\":1}", "[[]]", "␟", "\0", "/", "~1", "9223372036854775808", "string"];

    [Fact]
    public void Values_that_are_damaged_at_random_are_taken_or_refused()
    {
        var random = new Random(20260701);
        for (var i = 0; i < Rounds; i++)
        {
            var (aspect, value) = Values[random.Next(Values.Length)];
            var type = Type(aspect);
            if (Try(() => ProposalChecker.CheckValue(type, Damage(value, random))) is not { } taken)
            {
                continue;
            }
            Assert.Equal(taken.ToArray(), ProposalChecker.CheckValue(type, taken).ToArray());
            Try(() => ServerAspects.Complete(type, default, taken));
            Try(() => AspectReferences.Remove(type, taken, "a"));
        }
    }

    [Fact]
    public void Patches_that_are_damaged_at_random_are_applied_or_refused()
    {
        var random = new Random(20260702);
        for (var i = 0; i < Rounds; i++)
        {
            var (aspect, value) = Values[random.Next(Values.Length)];
            var current = random.Next(3) == 0 ? "" : value;
            var patch = Damage(Patches[random.Next(Patches.Length)], random);
            if (Try(() => AspectPatch.Apply(Type(aspect), current.Length == 0 ? default : ProposalChecker.CheckValue(Type(aspect), Utf8(current)), patch)) is { } patched)
            {
                Assert.Equal(patched.ToArray(), ProposalChecker.CheckValue(Type(aspect), patched).ToArray());
            }
        }
    }

    [Fact]
    public void Envelopes_that_are_damaged_at_random_are_taken_or_refused()
    {
        const string Others = """ "headers":{"If-Version-Match":"1","If-Modified-Since":"2001-01-01T00:00:00Z","If-None-Match":"*"},"entityKeyAspect":{"value":"{\"name\":\"x\"}"} """;
        var random = new Random(20260703);
        for (var i = 0; i < Rounds; i++)
        {
            var urn = random.Next(3) == 0 ? "" : Encoding.UTF8.GetString(Damage(Orders, random));
            var others = random.Next(2) == 0 ? Utf8(Others) : Damage(Others, random);
            var entity = random.Next(2) == 0 ? "dataset" : "tag";
            Try<ReadOnlyMemory<byte>>(() => ProposalChecker.Check(
                new MetadataChangeProposal(entity, urn, "status", Utf8("{}")) { OtherMembers = others }, TimeProvider.System).Value);
        }
    }

    private static byte[] Damage(string text, Random random)
    {
        var bytes = Utf8(text).ToList();
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 12), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Utf8(Splices[random.Next(Splices.Length)]));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count), 1));
                    break;
            }
        }
        return [.. bytes];
    }

    private static T? Try<T>(Func<T> action)
        where T : struct
    {
        try
        {
            return action();
        }
        catch (CatalogException)
        {
            return null;
        }
    }

    private static void Try(Func<ReadOnlyMemory<byte>?> action) => Try(() => action() ?? default(ReadOnlyMemory<byte>));
}
