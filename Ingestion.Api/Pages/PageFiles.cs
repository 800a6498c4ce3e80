using Discovery.Web.Shell;

namespace Discovery.Ingestion.Api.Pages;

/// <summary>Files that pages refer to.</summary>
internal static class PageFiles
{
    /// <summary>Keeps the page of a run up to date while it goes on.</summary>
    public static EmbeddedFile LiveRun { get; } = new(typeof(PageFiles).Assembly, "live-run.js");
}
