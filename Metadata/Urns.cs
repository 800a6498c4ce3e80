namespace Discovery.Metadata;

/// <summary>Builds DataHub urns. The one place where urns are put together.</summary>
public static class Urns
{
    /// <summary><c>urn:li:dataPlatform:mysql</c></summary>
    public static string DataPlatform(string platform) => throw new NotImplementedException();

    /// <summary><c>urn:li:dataPlatformInstance:(urn:li:dataPlatform:mysql,eu1)</c></summary>
    public static string DataPlatformInstance(string platform, string instance) => throw new NotImplementedException();

    /// <summary><c>urn:li:dataset:(urn:li:dataPlatform:mysql,[instance.]name,ENV)</c>; the name is encoded.</summary>
    public static string Dataset(string platform, string? instance, string name, string env) => throw new NotImplementedException();

    /// <summary><c>urn:li:schemaField:(urn:li:dataset:(..),path)</c>; the path is encoded.</summary>
    public static string SchemaField(string datasetUrn, string fieldPath) => throw new NotImplementedException();

    /// <summary><c>urn:li:container:&lt;guid&gt;</c> of a database container: md5 of its key map, as DataHub hashes it.</summary>
    public static string DatabaseContainer(string platform, string? instance, string env, string database) => throw new NotImplementedException();

    /// <summary>
    /// Percent-encodes the characters that end a part of a urn: <c>( ) ,</c> and U+241F; nothing else, as DataHub does.
    /// </summary>
    public static string Encode(string part) => throw new NotImplementedException();
}
