using System.Text.Json;
using Discovery.Metadata;

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
        var source = (report ?? default).Member("source").Member("report");
        _isOfServer = source.Items("connections").Any();
        foreach (var database in source.Items("databases"))
        {
            if (database.Text("name") is { } name)
            {
                _databases[name] = (database.Text("visibility"), database.Count("failed"));
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
}
