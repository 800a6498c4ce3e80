using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;
using static Discovery.Catalog.Tests.Writes.Aspects;

namespace Discovery.Catalog.Tests.Writes;

/// <summary>What the real client sent to servers and wrote to files.</summary>
public sealed class RecordedTests
{
    [Fact]
    public void Every_aspect_of_the_golden_files_is_taken_as_it_is()
    {
        var seen = new HashSet<string>();
        foreach (var file in Directory.EnumerateFiles(SharedFolder.Require("oracle/mysql/public"), "golden.json", SearchOption.AllDirectories))
        {
            foreach (var proposal in Proposals(JsonNode.Parse(File.ReadAllBytes(file))))
            {
                AssertTaken(proposal);
                seen.Add(proposal.AspectName);
            }
        }
        Assert.Superset(new HashSet<string> { "schemaMetadata", "datasetProperties", "container", "viewProperties", "upstreamLineage" }, seen);
    }

    [Fact]
    public void Every_proposal_of_the_recorded_requests_is_taken_as_it_is()
    {
        var patches = 0;
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(SharedFolder.Require("oracle/wire/cassettes"), "*.json"))
        {
            if (Path.GetFileName(file) is "110_sdk_errors.json" or "22_put_unknown_aspect.json")
            {
                continue;
            }
            foreach (var exchange in JsonNode.Parse(File.ReadAllBytes(file))!["exchanges"]?.AsArray() ?? [])
            {
                foreach (var proposal in Proposals(exchange!["request"]!["body"]))
                {
                    count++;
                    if (proposal.ChangeType != MetadataChangeProposal.Patch)
                    {
                        AssertTaken(proposal);
                        continue;
                    }
                    patches++;
                    var change = Accepted(proposal);
                    var first = AspectPatch.Apply(change.Aspect, default, change.Value);
                    Assert.True(ServerAspects.AreEqual(first, AspectPatch.Apply(change.Aspect, first, change.Value)), $"{file}: {Text(change.Value)}\n{Text(first)}");
                }
            }
        }
        Assert.True(count > 100, $"{count} proposals");
        Assert.True(patches > 20, $"{patches} patches");
    }

    [Fact]
    public void Every_recorded_fault_is_told_in_the_same_words()
    {
        var compared = 0;
        foreach (var exchange in JsonNode.Parse(File.ReadAllBytes(SharedFolder.Require("oracle/wire/cassettes/110_sdk_errors.json")))!["exchanges"]!.AsArray())
        {
            if (exchange!["response"]!["body"]?["message"]?.GetValue<string>() is not { } message || !message.StartsWith("Failed", StringComparison.Ordinal) && !message.StartsWith("Unknown", StringComparison.Ordinal))
            {
                continue;
            }
            foreach (var proposal in Proposals(exchange["request"]!["body"]))
            {
                Assert.Equal(message, Refused(proposal).Message);
                compared++;
            }
        }
        Assert.True(compared >= 4, $"{compared} compared");
    }

    /// <summary>All proposals anywhere in a document, snapshots included.</summary>
    private static IEnumerable<MetadataChangeProposal> Proposals(JsonNode? node)
    {
        if (node is JsonObject record && (record.ContainsKey("aspectName") && record.ContainsKey("aspect") || record.ContainsKey("proposedSnapshot")))
        {
            // Sent as text by one command; the endpoints turn it back.
            if (record["systemMetadata"] is JsonValue)
            {
                record.Remove("systemMetadata");
            }
            return MetadataJson.Read(JsonSerializer.SerializeToUtf8Bytes(record)) switch
            {
                MetadataChangeEvent snapshot => snapshot.ToProposals(),
                var proposal => [(MetadataChangeProposal)proposal],
            };
        }
        return node switch
        {
            JsonObject holder => holder.SelectMany(member => Proposals(member.Value)),
            JsonArray array => array.SelectMany(Proposals),
            _ => [],
        };
    }

    private static void AssertTaken(MetadataChangeProposal proposal)
    {
        var change = Accepted(proposal);
        var sent = JsonNode.Parse(proposal.Aspect.Span);
        RemoveNulls(sent);
        Assert.True(JsonNode.DeepEquals(sent, JsonNode.Parse(change.Value.Span)), $"{proposal.Urn} {proposal.AspectName}\n{Text(proposal.Aspect)}\n{Text(change.Value)}");
    }

    private static void RemoveNulls(JsonNode? node)
    {
        foreach (var (name, value) in (node as JsonObject)?.ToList() ?? [])
        {
            RemoveNulls(value);
            if (value is null)
            {
                ((JsonObject)node!).Remove(name);
            }
        }
        foreach (var item in node as JsonArray ?? [])
        {
            RemoveNulls(item);
        }
    }
}
