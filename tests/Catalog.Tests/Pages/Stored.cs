using System.Text;
using Discovery.Catalog.Pages.Views;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Tests.Pages;

/// <summary>Makes stored aspects of JSON.</summary>
internal static class Stored
{
    public static StoredAspect Aspect(string name, string json, long createdOn = 1_700_000_000_000, string runId = "run-1") =>
        new("urn:li:test", name, 0, Encoding.UTF8.GetBytes(json), Encoding.UTF8.GetBytes($$"""{"runId":"{{runId}}"}"""), createdOn, "urn:li:corpuser:me");

    public static AspectSet Set(params (string Name, string Json)[] aspects) => new(aspects.Select(aspect => Aspect(aspect.Name, aspect.Json)));

    public static AspectSet Schema(params string[] fieldPaths) =>
        Set(("schemaMetadata", $$"""{"fields":[{{string.Join(',', fieldPaths.Select(path => $$"""{"fieldPath":"{{path}}"}"""))}}]}"""));
}
