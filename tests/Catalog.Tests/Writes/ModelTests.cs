using System.Text.Json.Nodes;
using Discovery.Metadata.Model;
using static Discovery.Catalog.Tests.Writes.Aspects;

namespace Discovery.Catalog.Tests.Writes;

/// <summary>Every aspect of the model, with values made from its types.</summary>
public sealed class ModelTests
{
    [Fact]
    public void A_value_with_all_members_is_taken_as_it_is()
    {
        foreach (var aspect in AspectRegistry.Instance.Aspects.Values)
        {
            var json = Record(aspect.Record, withOptional: true).ToJsonString();
            Assert.Equal(json, Check(aspect.Name, json));
        }
    }

    [Fact]
    public void A_value_without_any_one_of_its_required_members_is_refused()
    {
        foreach (var aspect in AspectRegistry.Instance.Aspects.Values)
        {
            var whole = Record(aspect.Record, withOptional: false);
            Assert.Equal(whole.ToJsonString(), Check(aspect.Name, whole.ToJsonString()));
            foreach (var name in whole.Select(member => member.Key).ToList())
            {
                var part = whole.DeepClone().AsObject();
                part.Remove(name);
                Assert.Equal([$"ERROR :: /{name} :: field is required but not found and has no default value"], Faults(aspect.Name, part.ToJsonString()));
            }
        }
    }

    [Fact]
    public void A_member_of_another_type_is_refused()
    {
        foreach (var aspect in AspectRegistry.Instance.Aspects.Values)
        {
            var whole = Record(aspect.Record, withOptional: true);
            foreach (var (name, value) in whole.ToList())
            {
                var wrong = whole.DeepClone().AsObject();
                wrong[name] = value is JsonArray ? "x" : new JsonArray();
                Assert.StartsWith($"ERROR :: /{name} :: ", Assert.Single(Faults(aspect.Name, wrong.ToJsonString())));
            }
        }
    }

    private static JsonObject Record(RecordType type, bool withOptional)
    {
        // Two types of which the server has another form than Avro.
        if (type.FullName == "com.linkedin.common.CostCost")
        {
            return new JsonObject { ["costCode"] = "x" };
        }
        var isWrapped = type.FullName == "com.linkedin.ml.metadata.QuantitativeAnalyses";
        return new JsonObject(type.Fields.Values.Where(field => withOptional || (!field.Optional && !field.HasDefault)).Select(field =>
            KeyValuePair.Create(field.Name, isWrapped ? new JsonObject { ["string"] = "x" } : Value(field.Type, withOptional))));
    }

    private static JsonNode? Value(ModelType type, bool withOptional) => type switch
    {
        RecordType record => Record(record, withOptional),
        EnumType symbols => symbols.Symbols.Last(),
        ArrayType array => new JsonArray(Value(array.Item, withOptional), Value(array.Item, withOptional)),
        MapType map => new JsonObject { ["a b"] = Value(map.Value, withOptional), [""] = Value(map.Value, withOptional) },
        UnionType union => new JsonObject { [union.Members.Last().Key] = Value(union.Members.Last().Value, withOptional) },
        PrimitiveType { Name: "string" or "bytes" } => "text",
        PrimitiveType { Name: "boolean" } => true,
        PrimitiveType { Name: "int" } => int.MinValue,
        PrimitiveType { Name: "long" } => long.MaxValue,
        PrimitiveType => 1.5,
        _ => throw new InvalidOperationException($"{type} is not described"),
    };
}
