using System.Collections.Frozen;

namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>Unquoted words that shape a statement. All others are <see cref="None"/>.</summary>
internal enum SqlWord
{
    None,
    All,
    As,
    Between,
    Cascaded,
    Check,
    Cross,
    Cycle,
    Distinct,
    DistinctRow,
    Dual,
    Except,
    Fetch,
    For,
    Force,
    From,
    Full,
    Group,
    Having,
    High_Priority,
    Ignore,
    Inner,
    Intersect,
    Into,
    Join,
    Json_Table,
    LastVal,
    Lateral,
    Left,
    Limit,
    Local,
    Lock,
    Natural,
    NextVal,
    Offset,
    On,
    Option,
    Order,
    Outer,
    Over,
    Partition,
    Procedure,
    Qualify,
    Recursive,
    Restrict,
    Right,
    Select,
    SetVal,
    Sql_Big_Result,
    Sql_Buffer_Result,
    Sql_Cache,
    Sql_Calc_Found_Rows,
    Sql_No_Cache,
    Sql_Small_Result,
    Straight_Join,
    System_Time,
    Table,
    Union,
    Use,
    Using,
    Values,
    View,
    Where,
    Window,
    With,
}

/// <summary>Finds words by their spelling.</summary>
internal static class SqlWords
{
    private static readonly FrozenDictionary<string, SqlWord>.AlternateLookup<ReadOnlySpan<char>> BySpelling =
        Enum.GetValues<SqlWord>().Skip(1).ToFrozenDictionary(word => word.ToString(), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The word with this spelling in any case.</summary>
    public static SqlWord Of(ReadOnlySpan<char> spelling) => BySpelling.TryGetValue(spelling, out var word) ? word : SqlWord.None;
}
