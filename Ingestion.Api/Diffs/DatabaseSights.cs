using System.Text.Json;

namespace Discovery.Ingestion.Api.Diffs;

/// <summary>How much of each database a run saw, out of its report.</summary>
internal sealed class DatabaseSights
{
    private const string NotRead = "Not known whether gone: this run did not read the database at all. It was dropped, the recipe leaves it out, or the account has no right on it any more.";

    private readonly bool _isOfServer;
    private readonly Dictionary<string, (string? Visibility, long Failed)> _databases = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="report">As <c>--report-to</c> writes it; anything else tells nothing.</param>
    public DatabaseSights(JsonElement? report)
    {
        // {"source": {"report": {"connections": [...], "databases": [{"name": "shop", "visibility": "complete", "failed": 0, ...}]}}}
        var source = Member(Member(report, "source"), "report");
        _isOfServer = Member(source, "connections") is { ValueKind: JsonValueKind.Array } connections && connections.GetArrayLength() > 0;
        if (Member(source, "databases") is not { ValueKind: JsonValueKind.Array } databases)
        {
            return;
        }
        foreach (var database in databases.EnumerateArray())
        {
            if (Member(database, "name") is { ValueKind: JsonValueKind.String } name)
            {
                var visibility = Member(database, "visibility") is { ValueKind: JsonValueKind.String } word ? word.GetString() : null;
                _databases[name.GetString()!] = (visibility, Member(database, "failed") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var failed) ? failed : 0);
            }
        }
    }

    /// <summary>Why tables that a run did not see in a database may be there nevertheless; null where nothing speaks for that.</summary>
    /// <param name="database">Its name, perhaps with that of an instance before it: <c>eu1.shop</c>.</param>
    public string? Doubt(string database)
    {
        if (_databases.Count == 0)
        {
            // An account without any right sees no database.
            return _isOfServer ? NotRead : null;
        }
        for (var name = database; ; name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if (_databases.TryGetValue(name, out var seen))
            {
                return seen switch
                {
                    { Visibility: not "complete" } => "Not known whether gone: the account sees only a part of this database, or nothing tells that it sees all.",
                    { Failed: > 0 } => "Not known whether gone: some of this database could not be read.",
                    _ => null,
                };
            }
            if (!name.Contains('.', StringComparison.Ordinal))
            {
                return NotRead;
            }
        }
    }

    private static JsonElement? Member(JsonElement? parent, string name) => parent is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member) ? member : null;
}
