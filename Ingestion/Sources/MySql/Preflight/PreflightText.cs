using System.Globalization;
using System.Text;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Sources.MySql.Preflight;

/// <summary>A preflight for people: equal databases are one line, and long lists are cut, so that its length does not grow with the server.</summary>
public static class PreflightText
{
    private const int MostNames = 3, MostStatements = 10, ColumnWidth = 14;

    /// <summary>The whole text.</summary>
    public static string Render(PreflightReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{PrintableText.Of(report.Address)}  {PrintableText.Of(report.Server)}\n");
        text.Append(CultureInfo.InvariantCulture, $"account {PrintableText.Of(report.Account)}\n\n");
        if (report.Databases.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"The recipe keeps no database: {Count(report.LeftOut)} are visible, and its patterns leave them all out.\n");
            return text.ToString();
        }
        AddDatabases(text, report);
        foreach (var grant in report.Missing)
        {
            AddGrant(text, grant);
        }
        if (report.Missing.Count > 0 && report.InactiveRoles.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"The account holds roles, and none is active after log-in: {PrintableText.Of(string.Join(", ", report.InactiveRoles))}. SET DEFAULT ROLE makes them count.\n\n");
        }
        text.Append(report switch
        {
            { IsComplete: true } => "Everything that the recipe asks for is visible.\n",
            { Missing.Count: 0 } => "The recipe names a database that is not there.\n",
            _ => "Something that the recipe asks for is not visible. An administrator of the server runs the statements above.\n",
        });
        return text.ToString();
    }

    /// <summary>What a feature is called.</summary>
    internal static string Heading(PreflightFeature feature) => feature switch
    {
        PreflightFeature.Structure => "structure",
        PreflightFeature.ViewTexts => "view texts",
        PreflightFeature.Procedures => "procedures",
        _ => "data",
    };

    private static void AddDatabases(StringBuilder text, PreflightReport report)
    {
        text.Append("  ");
        foreach (var feature in report.Features)
        {
            text.Append(Heading(feature).PadRight(ColumnWidth));
        }
        text.Append(CultureInfo.InvariantCulture, $"{Databases(report.Databases.Count)}{(report.LeftOut > 0 ? $", {Count(report.LeftOut)} more left out by the recipe" : "")}\n");
        var alike = report.Databases.GroupBy(database => (database.Presence, Sights: string.Concat(report.Features.Select(feature => Word(database.Sights[feature]).PadRight(ColumnWidth)))));
        foreach (var group in alike.OrderBy(group => group.Key.Presence).ThenByDescending(group => group.Count()))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {group.Key.Sights}{Names([.. group.Select(database => database.Name)])}{Note(group.Key.Presence)}\n");
        }
        text.Append('\n');
    }

    private static void AddGrant(StringBuilder text, PreflightGrant grant)
    {
        text.Append(CultureInfo.InvariantCulture, $"For {Purpose(grant.Feature)} of {Names(grant.Databases)}:\n");
        AddStatements(text, grant.Statements);
        if (grant.Wide is { } wide)
        {
            text.Append("  or everywhere at once:\n");
            AddStatements(text, [wide]);
        }
        if (grant.Narrow.Count > 0)
        {
            text.Append("  or only there:\n");
            AddStatements(text, grant.Narrow);
        }
        if (grant.Remark is { } remark)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {remark}\n");
        }
        text.Append('\n');
    }

    private static void AddStatements(StringBuilder text, IReadOnlyList<string> statements)
    {
        foreach (var statement in statements.Take(MostStatements))
        {
            text.Append(CultureInfo.InvariantCulture, $"    {PrintableText.Of(statement)}\n");
        }
        if (statements.Count > MostStatements)
        {
            text.Append(CultureInfo.InvariantCulture, $"    ... {Count(statements.Count)} in all; --json prints each\n");
        }
    }

    private static string Names(IReadOnlyList<string> names) => names.Count <= MostNames
        ? PrintableText.Of(string.Join(", ", names))
        : $"{Databases(names.Count)}: {PrintableText.Of(string.Join(", ", names.Take(MostNames)))}, ...";

    private static string Purpose(PreflightFeature feature) => feature switch
    {
        PreflightFeature.Structure => "tables, columns and keys",
        PreflightFeature.ViewTexts => "texts and lineage of views",
        PreflightFeature.Procedures => "stored procedures",
        _ => "profiling",
    };

    private static string Word(PreflightSight sight) => sight switch
    {
        PreflightSight.All => "all",
        PreflightSight.SomeTables => "some tables",
        PreflightSight.SomeColumns => "some columns",
        PreflightSight.NamesOnly => "names only",
        PreflightSight.Nothing => "nothing",
        _ => "unknown",
    };

    private static string Note(PreflightPresence presence) => presence switch
    {
        PreflightPresence.Visible => "",
        PreflightPresence.NotVisible => " (named in the recipe; not there, or no right on it)",
        _ => " (named in the recipe; not there)",
    };

    private static string Databases(int count) => count == 1 ? "1 database" : $"{Count(count)} databases";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
