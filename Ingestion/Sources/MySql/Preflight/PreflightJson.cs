using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Discovery.Ingestion.Sources.MySql.Preflight;

/// <summary>A preflight for programs: every database and every statement.</summary>
public static class PreflightJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report as indented JSON text.</summary>
    public static string Render(PreflightReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("complete", report.IsComplete);
            json.WriteString("address", report.Address);
            json.WriteString("server", report.Server);
            json.WriteString("account", report.Account);
            AddList(json, "inactive_roles", report.InactiveRoles);
            json.WriteNumber("left_out", report.LeftOut);
            json.WriteStartArray("databases");
            foreach (var database in report.Databases)
            {
                json.WriteStartObject();
                json.WriteString("name", database.Name);
                json.WriteString("presence", Name(database.Presence));
                foreach (var feature in report.Features)
                {
                    json.WriteString(Name(feature), Name(database.Sights[feature]));
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("missing");
            foreach (var grant in report.Missing)
            {
                json.WriteStartObject();
                json.WriteString("feature", Name(grant.Feature));
                AddList(json, "databases", grant.Databases);
                AddList(json, "statements", grant.Statements);
                AddList(json, "or_only_there", grant.Narrow);
                AddList(json, "or_everywhere", grant.Wide is { } wide ? [wide] : []);
                if (grant.Remark is { } remark)
                {
                    json.WriteString("remark", remark);
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // ViewTexts becomes view_texts.
    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void AddList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }
}
