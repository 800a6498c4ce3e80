namespace Discovery.Catalog.Search.Queries;

/// <summary>A part of a query.</summary>
internal abstract record QueryNode;

/// <summary>Everything.</summary>
internal sealed record AnyNode : QueryNode;

/// <summary>A word, which may have parts: <c>shop.order_items</c>.</summary>
/// <param name="Text">The word, escapes resolved.</param>
/// <param name="Field">The field to look in, or null for all that are queried by default.</param>
/// <param name="IsPrefix">Whether words that begin with it match too.</param>
internal sealed record WordNode(string Text, string? Field, bool IsPrefix) : QueryNode;

/// <summary>Words that stand beside each other.</summary>
internal sealed record PhraseNode(string Text, string? Field) : QueryNode;

/// <summary>A word with wildcards.</summary>
internal sealed record PatternNode(Wildcard Pattern, string? Field) : QueryNode;

/// <summary>A urn, or its beginning.</summary>
internal sealed record UrnNode(string Urn) : QueryNode;

/// <summary>All parts must hold.</summary>
internal sealed record AndNode(IReadOnlyList<QueryNode> Parts) : QueryNode;

/// <summary>One part must hold.</summary>
internal sealed record OrNode(IReadOnlyList<QueryNode> Parts) : QueryNode;

/// <summary>The part must not hold.</summary>
internal sealed record NotNode(QueryNode Part) : QueryNode;
