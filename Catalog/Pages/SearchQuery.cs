using Discovery.Catalog.Search;
using Discovery.Web.Shell;
using Microsoft.AspNetCore.Http;

namespace Discovery.Catalog.Pages;

/// <summary>A search as the address of its page says it.</summary>
public sealed record SearchQuery
{
    /// <summary>Matches on one page.</summary>
    public const int PageSize = 20;

    /// <summary>No page beyond this is asked for; who wants more narrows the search.</summary>
    public const int MostPages = 500;

    /// <summary>Most filters of one search. Each is a link on the page with all others in it.</summary>
    public const int MostFilters = 50;

    /// <summary>What can be filtered by: the word in the address and the field of the index.</summary>
    internal static readonly IReadOnlyList<(string Word, string Field)> FacetFields =
    [
        ("type", "_entityType"), ("platform", "platform"), ("instance", "platformInstance"), ("kind", "typeNames"), ("env", "origin"), ("container", "container"),
        ("tag", "tags"), ("term", "glossaryTerms"), ("domain", "domains"), ("owner", "owners"),
    ];

    /// <summary>The words to search for; empty for everything.</summary>
    public string Text { get; init; } = "";

    /// <summary>Values that are asked for, by the word of their facet.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Filters { get; init; } = [];

    /// <summary><c>name</c> or <c>changed</c>; null for the best match first.</summary>
    public string? Sort { get; init; }

    /// <summary>The page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The address of its page.</summary>
    public string Address => "/search" + QueryText.Of(
    [
        ("q", Text.Length == 0 ? null : Text),
        .. Filters.Select(filter => (filter.Key, (string?)filter.Value)),
        ("sort", Sort),
        ("page", Page > 1 ? PageAddress.Number(Page) : null),
    ]);

    /// <summary>Whether a value is asked for.</summary>
    public bool Has(string facet, string value) => Filters.Contains(KeyValuePair.Create(facet, value));

    /// <summary>The same search with a value more, or without one that is there.</summary>
    public SearchQuery Toggle(string facet, string value)
    {
        var filter = KeyValuePair.Create(facet, value);
        return this with { Page = 1, Filters = Filters.Contains(filter) ? [.. Filters.Where(other => !other.Equals(filter))] : [.. Filters, filter] };
    }

    /// <exception cref="CatalogException">There are more filters than <see cref="MostFilters"/>.</exception>
    internal static SearchQuery Read(IQueryCollection query)
    {
        List<KeyValuePair<string, string>> filters =
            [.. FacetFields.SelectMany(facet => query[facet.Word].Where(value => !string.IsNullOrEmpty(value)).Distinct().Select(value => KeyValuePair.Create(facet.Word, value!)))];
        return filters.Count > MostFilters
            ? throw new CatalogException(CatalogFault.Argument, $"The search has {filters.Count} filters; at most {MostFilters} are possible.")
            : new SearchQuery
            {
                Text = query["q"].ToString().Trim(),
                Filters = filters,
                Sort = query["sort"].ToString() is "name" or "changed" ? query["sort"].ToString() : null,
                Page = ReadPage(query),
            };
    }

    internal static int ReadPage(IQueryCollection query) => int.TryParse(query["page"], out var page) ? Math.Clamp(page, 1, MostPages) : 1;

    internal SearchRequest ToRequest() => new()
    {
        Query = Text.Length == 0 ? "*" : Text,
        Filter = Filter([.. Filters.GroupBy(filter => filter.Key).Select(group => (Field(group.Key), group.Select(filter => filter.Value)))]),
        Sort = Sort switch
        {
            "name" => [new SortBy("_entityName")],
            "changed" => [new SortBy(IndexSchema.ChangedField, Descending: true)],
            _ => [],
        },
        Start = (Page - 1) * PageSize,
        Count = PageSize,
        Facets = [.. FacetFields.Select(facet => facet.Field)],
        FacetValues = 15,
    };

    /// <summary>All fields must have one of their values.</summary>
    internal static SearchFilter Filter(params IReadOnlyList<(string Field, IEnumerable<string> Values)> fields) => fields.Count == 0
        ? SearchFilter.All
        : new SearchFilter([[.. fields.Select(field => new Criterion(field.Field, "EQUAL", [.. field.Values]))]]);

    private static string Field(string word) => FacetFields.First(facet => facet.Word == word).Field;
}
