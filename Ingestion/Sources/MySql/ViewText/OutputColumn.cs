namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>An item of a select list.</summary>
internal sealed class OutputColumn(SelectScope scope)
{
    /// <summary>Where its references are looked up.</summary>
    public SelectScope Scope { get; } = scope;

    /// <summary>Its alias, or the name of the column that it is; empty for an expression without alias, which nothing can name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Place of the expression in the text.</summary>
    public Range Expression { get; set; }

    /// <summary>Whether the expression is a column and nothing else.</summary>
    public bool IsPlain { get; set; }

    /// <summary>Columns that the expression names outside of its sub-queries.</summary>
    public List<ColumnReference> References { get; } = [];

    /// <summary>Sub-queries of the expression.</summary>
    public List<Query> Queries { get; } = [];

    /// <summary>First token that is none a reader of expressions can follow, such as <c>*</c>.</summary>
    public int? NotFollowed { get; set; }
}

/// <summary>A column as an expression names it: <c>`db`.`t`.`c`</c>, <c>`t`.`c`</c> or <c>`c`</c>.</summary>
/// <param name="Schema">First of three parts.</param>
/// <param name="Table">Alias or table, null when there is one part.</param>
/// <param name="Column">Last part.</param>
/// <param name="Token">Where it stands.</param>
internal readonly record struct ColumnReference(string? Schema, string? Table, string Column, int Token);
