namespace Discovery.EndToEnd.Tests;

/// <summary>Files of a folder of recipes, good and bad, with texts that would do harm.</summary>
internal static class SampleRecipes
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["shop.yml"] = Text(
            $$"""
            deployment:
              name: {{System.Text.Json.JsonSerializer.Serialize(SampleShop.Hostile)}}
              schedule: "30 3 1 1 *"
              time_zone: Europe/Berlin
            """),
        ["busy.yml"] = Text(),
        ["idle.yml"] = Text("deployment:\n  name: Nobody starts it\n  executor_id: gpu"),
        ["live.yml"] = Text(),
        // Nobody takes its runs from those of the other tests.
        ["twice.yml"] = Text("deployment:\n  executor_id: gpu"),
        ["broken.yml"] = "source:\n  type: mysql\n  config:\n    '<img src=/harm onerror=alert(1)>': 1\nsink:\n  type: datahub-rest\n",
        ["<script>alert(1)<b>.yml"] = Text(),
    };

    public static string Text(string deployment = "") =>
        $$"""
        source:
          type: mysql
          config:
            host_port: db:3306
            username: reader
            password: ${MYSQL_PASSWORD}
        sink:
          type: datahub-rest
          config:
            server: http://gms:8080
        {{deployment}}
        """;
}
