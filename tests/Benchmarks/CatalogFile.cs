using System.Globalization;
using System.Text;

namespace Discovery.Benchmarks;

/// <summary>A metadata file with datasets as a MySQL ingestion writes them: seven proposals each, in databases of 100 tables.</summary>
/// <param name="Datasets">How many.</param>
/// <param name="Columns">Columns of each.</param>
internal sealed record CatalogFile(int Datasets, int Columns)
{
    private const int TablesPerDatabase = 100;

    // Words that names are made of; each dataset has one of its own besides, so that there are common and rare ones.
    private static readonly string[] Words = ["order", "customer", "payment", "vehicle", "trip", "station", "battery", "invoice", "driver", "region", "price", "event", "user", "audit", "session", "discount", "route", "zone", "ticket", "feedback"];

    /// <summary>Proposals of each dataset.</summary>
    public const int ProposalsPerDataset = 7;

    /// <summary>Name of a dataset.</summary>
    public static string Name(int dataset) =>
        string.Create(CultureInfo.InvariantCulture, $"db_{dataset / TablesPerDatabase:0000}.{Word(dataset)}_{Word(dataset / 7)}_{dataset:x5}");

    /// <summary>A word of its names and columns.</summary>
    public static string Word(int number) => Words[number % Words.Length];

    /// <summary>Writes a part of the datasets.</summary>
    public void Write(string path, int part, int parts)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        writer.Write('[');
        var separator = "\n";
        for (var dataset = part; dataset < Datasets; dataset += parts)
        {
            foreach (var (aspect, json) in Aspects(dataset))
            {
                writer.Write(separator);
                writer.Write($$$"""{"entityType":"dataset","entityUrn":"urn:li:dataset:(urn:li:dataPlatform:mysql,{{{Name(dataset)}}},PROD)","changeType":"UPSERT","aspectName":"{{{aspect}}}","aspect":{"json":{{{json}}}}}""");
                separator = ",\n";
            }
        }
        writer.Write("\n]\n");
    }

    private IEnumerable<(string Aspect, string Json)> Aspects(int dataset)
    {
        var name = Name(dataset);
        var database = name[..name.IndexOf('.', StringComparison.Ordinal)];
        var container = $"urn:li:container:{database}";
        yield return ("status", """{"removed":false}""");
        yield return ("container", $$"""{"container":"{{container}}"}""");
        yield return ("datasetProperties", $$"""{"customProperties":{"engine":"InnoDB"},"name":"{{name[(database.Length + 1)..]}}","description":"{{Word(dataset + 3)}} of each {{Word(dataset + 5)}}, kept for the {{Word(dataset + 11)}} reports","tags":[]}""");
        yield return ("schemaMetadata", Schema(dataset, name));
        yield return ("subTypes", """{"typeNames":["Table"]}""");
        yield return ("dataPlatformInstance", """{"platform":"urn:li:dataPlatform:mysql"}""");
        yield return ("browsePathsV2", $$"""{"path":[{"id":"{{container}}","urn":"{{container}}"}]}""");
    }

    private string Schema(int dataset, string name)
    {
        var fields = string.Join(',', Enumerable.Range(0, Columns).Select(column =>
            $$$$"""{"fieldPath":"{{{{Word(dataset + column)}}}}_{{{{Word(column)}}}}_{{{{column}}}}","nullable":{{{{(column > 0 ? "true" : "false")}}}},"description":"the {{{{Word(column)}}}} of the {{{{Word(dataset)}}}}","type":{"type":{"com.linkedin.schema.StringType":{}}},"nativeDataType":"VARCHAR(255)","recursive":false,"isPartOfKey":{{{{(column == 0 ? "true" : "false")}}}}}"""));
        return $$$"""{"schemaName":"{{{name}}}","platform":"urn:li:dataPlatform:mysql","version":0,"created":{"time":0,"actor":"urn:li:corpuser:unknown"},"lastModified":{"time":0,"actor":"urn:li:corpuser:unknown"},"hash":"","platformSchema":{"com.linkedin.schema.MySqlDDL":{"tableSchema":""}},"fields":[{{{fields}}}]}""";
    }
}
