using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Discovery.Catalog.Pages.Views;

/// <summary>Makes HTML of descriptions, which strangers write.</summary>
public static class DescriptionMarkdown
{
    /// <summary>Longer texts are shown as they are: what Markdown costs may grow faster than its length.</summary>
    public const int MostCharacters = 50_000;

    private const int ExcerptCharacters = 240;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseEmphasisExtras()
        .UseAutoLinks()
        .UseSoftlineBreakAsHardlineBreak()
        .Build();

    /// <summary>
    /// The HTML of a description: no HTML of its own, links to http, https and mailto alone, pictures as links (fetching one would tell
    /// its owner who reads), headings below those of the page. Null where it cannot be read as Markdown.
    /// </summary>
    public static MarkupString? ToHtml(string markdown)
    {
        if (markdown.Length > MostCharacters)
        {
            return null;
        }
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            foreach (var heading in document.Descendants<HeadingBlock>())
            {
                heading.Level = Math.Min(6, heading.Level + 2);
            }
            foreach (var link in document.Descendants<LinkInline>().ToList())
            {
                Restrict(link);
            }
            foreach (var link in document.Descendants<AutolinkInline>().ToList())
            {
                if (IsAllowed(link.IsEmail ? $"mailto:{link.Url}" : link.Url))
                {
                    link.GetAttributes().AddProperty("rel", "nofollow noopener");
                }
                else
                {
                    link.ReplaceBy(new LiteralInline(link.Url));
                }
            }
            return new MarkupString(document.ToHtml(Pipeline));
        }
        catch (ArgumentException)
        {
            // Markdig's word for nesting that is too deep.
            return null;
        }
    }

    /// <summary>The beginning of a description without its Markdown, for a list.</summary>
    public static string ToExcerpt(string markdown)
    {
        var beginning = ShortText.Cut(markdown, 4 * ExcerptCharacters);
        try
        {
            beginning = Markdown.ToPlainText(beginning, Pipeline).Trim();
        }
        catch (ArgumentException)
        {
            // Nested too deep; it is shown as it is.
        }
        return ShortText.Cut(beginning, ExcerptCharacters);
    }

    private static void Restrict(LinkInline link)
    {
        link.IsImage = false;
        if (IsAllowed(link.GetDynamicUrl?.Invoke() ?? link.Url))
        {
            link.GetAttributes().AddProperty("rel", "nofollow noopener");
            if (link.FirstChild is null)
            {
                link.AppendChild(new LiteralInline(link.Url ?? ""));
            }
            return;
        }
        // What the link says stays, as text.
        var text = new ContainerInline();
        link.ReplaceBy(text, copyChildren: true);
    }

    private static bool IsAllowed(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto);
}
