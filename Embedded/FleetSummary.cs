using System.Globalization;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;

namespace Discovery.Embedded;

/// <summary>Prints what was read per database, and where it went.</summary>
internal static class FleetSummary
{
    public static void Write(TextWriter output, RunReport run, SecretMasker secrets)
    {
        var databases = run.Source.Databases;
        if (databases.Count > 0)
        {
            var width = databases.Select(database => database.Name.Length).Append("database".Length).Max();
            Line(output, $"\n{"database".PadRight(width)}  tables   views  columns  left out  failed");
            foreach (var database in databases)
            {
                Line(output, $"{PrintableText.Of(database.Name).PadRight(width)}  {database.Tables,6}  {database.Views,6}  {database.Columns,7}  {database.Filtered,8}  {database.Failed,6}");
            }
        }
        Line(output, $"");
        foreach (var failure in run.AllFailures)
        {
            Line(output, $"Failure: {PrintableText.Of(secrets.Mask($"{failure.Message} {string.Join(", ", failure.Context)}"))}");
        }
        if (run.Source.FilteredNames.Count > 0)
        {
            var more = run.Source.FilteredCounts.Total - 5;
            Line(output, $"Left out       {PrintableText.Of(string.Join(", ", run.Source.FilteredNames.Take(5)))}{(more > 0 ? $" and {more} more" : "")}");
        }
        Line(output, $"Entities       {run.Source.ReadCounts.Total} read = {run.Source.FilteredCounts.Total} left out + {run.Emitted.Total} emitted + {run.Source.FailedCounts.Total} failed; {run.Sink.AcceptedCounts.Total} accepted, {run.Sink.RejectedCounts.Total} rejected");
        Line(output, $"Written to     {(run.Sink is { Records: > 0, Destination: { } destination } ? DisplayPath.Of(destination) : "nowhere")}");
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
