using System.Security.Cryptography;
using System.Text;
using Discovery.Metadata.Serialization;

namespace Discovery.Metadata;

/// <summary>Builds DataHub urns. The one place where urns are put together; <see cref="Urn"/> takes them apart.</summary>
public static class Urns
{
    /// <summary><c>urn:li:dataPlatform:mysql</c></summary>
    public static string DataPlatform(string platform) => $"urn:li:dataPlatform:{platform}";

    /// <summary><c>urn:li:dataPlatformInstance:(urn:li:dataPlatform:mysql,eu1)</c></summary>
    public static string DataPlatformInstance(string platform, string instance) =>
        $"urn:li:dataPlatformInstance:({DataPlatform(platform)},{Encode(instance)})";

    /// <summary><c>urn:li:dataset:(urn:li:dataPlatform:mysql,[instance.]name,ENV)</c>; the name is encoded, then put in lower case if asked for.</summary>
    public static string Dataset(string platform, string? instance, string name, string env, bool lowercase = false)
    {
        var encoded = Encode(instance is null ? name : $"{instance}.{name}");
        return $"urn:li:dataset:({DataPlatform(platform)},{(lowercase ? encoded.ToLowerInvariant() : encoded)},{env})";
    }

    /// <summary><c>urn:li:schemaField:(urn:li:dataset:(..),path)</c>; the path is encoded.</summary>
    public static string SchemaField(string datasetUrn, string fieldPath) => $"urn:li:schemaField:({datasetUrn},{Encode(fieldPath)})";

    /// <summary><c>urn:li:dataFlow:(mysql,[instance.]name,ENV)</c>; the name is encoded.</summary>
    public static string DataFlow(string orchestrator, string? instance, string name, string env) =>
        $"urn:li:dataFlow:({orchestrator},{Encode(instance is null ? name : $"{instance}.{name}")},{env})";

    /// <summary><c>urn:li:dataJob:(urn:li:dataFlow:(..),name)</c>; the name is encoded.</summary>
    public static string DataJob(string flowUrn, string name) => $"urn:li:dataJob:({flowUrn},{Encode(name)})";

    /// <summary><c>urn:li:query:view_&lt;hash&gt;</c> of the query that makes a view: sha256 of the view's urn, as DataHub hashes it.</summary>
    public static string ViewQuery(string viewUrn) => $"urn:li:query:view_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(viewUrn)))}";

    /// <summary><c>urn:li:container:&lt;guid&gt;</c> of a database container: md5 of its key map, as DataHub hashes it.</summary>
    /// <remarks>
    /// Without a platform instance DataHub hashes the environment in its place, and with one the environment has no
    /// part in the guid.
    /// </remarks>
    public static string DatabaseContainer(string platform, string? instance, string env, string database) =>
        $"urn:li:container:{Guid(("database", database), ("instance", instance ?? env), ("platform", platform))}";

    /// <summary>
    /// Percent-encodes the characters that end a part of a urn: <c>( ) ,</c> and U+241F; nothing else, as DataHub does.
    /// </summary>
    public static string Encode(string part) => part.AsSpan().IndexOfAny("(),\u241F") < 0
        ? part
        : part.Replace("(", "%28", StringComparison.Ordinal)
            .Replace(")", "%29", StringComparison.Ordinal)
            .Replace(",", "%2C", StringComparison.Ordinal)
            .Replace("\u241F", "%E2%90%9F", StringComparison.Ordinal);

    /// <summary>A part of a urn as it was before <see cref="Encode"/>.</summary>
    public static string Decode(string part) => !part.Contains('%', StringComparison.Ordinal)
        ? part
        : part.Replace("%28", "(", StringComparison.OrdinalIgnoreCase)
            .Replace("%29", ")", StringComparison.OrdinalIgnoreCase)
            .Replace("%2C", ",", StringComparison.OrdinalIgnoreCase)
            .Replace("%E2%90%9F", "\u241F", StringComparison.OrdinalIgnoreCase);

    /// <summary>Lower-case hex md5 of <c>{"database":"shop","instance":"PROD","platform":"mysql"}</c>, non-ASCII as <c>\uXXXX</c>.</summary>
    /// <param name="sortedMembers">The key map, in ordinal order of its keys.</param>
    private static string Guid(params ReadOnlySpan<(string Key, string Value)> sortedMembers)
    {
        var json = new Utf8Buffer(128);
        var map = new JsonObjectWriter(json, JsonStyle.Compact, level: 0);
        foreach (var (key, value) in sortedMembers)
        {
            map.Member(Encoding.ASCII.GetBytes(key), value);
        }
        map.Close();
#pragma warning disable CA5351 // DataHub's ids are md5; nothing is protected by it.
        return Convert.ToHexStringLower(MD5.HashData(json.Written));
#pragma warning restore CA5351
    }
}
