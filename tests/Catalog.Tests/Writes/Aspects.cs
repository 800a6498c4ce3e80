using System.Text;
using System.Text.Json;
using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Tests.Writes;

/// <summary>Words for what these tests do with aspects as text.</summary>
internal static class Aspects
{
    public const string Orders = "urn:li:dataset:(urn:li:dataPlatform:mysql,shop.orders,PROD)";

    public static AspectType Type(string name) => AspectRegistry.Instance.Aspects[name];

    public static string Check(string aspect, string json) => Text(ProposalChecker.CheckValue(Type(aspect), Utf8(json)));

    public static CatalogException Refused(string aspect, string json) => Assert.Throws<CatalogException>(() => Check(aspect, json));

    /// <summary>The faults of a value, without the words in front.</summary>
    public static string[] Faults(string aspect, string json)
    {
        var refused = Refused(aspect, json);
        Assert.Equal(CatalogFault.Validation, refused.Fault);
        var start = $"Failed to validate record with class {Type(aspect).Record.FullName}: ";
        Assert.StartsWith(start, refused.Message);
        return refused.Message[start.Length..].Split('\n');
    }

    public static string Patch(string aspect, string current, string patch) =>
        Text(AspectPatch.Apply(Type(aspect), Utf8(current), Utf8(patch)));

    public static MetadataChangeProposal Proposal(
        string urn, string aspect, string value, string change = "UPSERT", string others = "", string? entity = null, SystemMetadata? metadata = null) =>
        new(entity ?? urn.Split(':')[2], urn, aspect, Utf8(value)) { ChangeType = change, OtherMembers = Utf8(others), SystemMetadata = metadata };

    public static AspectChange Accepted(MetadataChangeProposal proposal) => ProposalChecker.Check(proposal, TimeProvider.System);

    public static CatalogException Refused(MetadataChangeProposal proposal) => Assert.Throws<CatalogException>(() => Accepted(proposal));

    public static void AssertEqual(string expected, string actual)
    {
        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);
        Assert.True(JsonElement.DeepEquals(left.RootElement, right.RootElement), $"expected {expected}\nfound    {actual}");
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
