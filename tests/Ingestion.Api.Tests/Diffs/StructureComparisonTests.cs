using Discovery.Ingestion.Api.Diffs;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.State;

namespace Discovery.Ingestion.Api.Tests.Diffs;

public sealed class StructureComparisonTests
{
    private static readonly ColumnStructure Id = new("id", "int", false, null, true);
    private static readonly ColumnStructure Name = new("name", "varchar(20)", true, "Full name", false);
    private static readonly DatasetStructure Table = Structures.Table("shop.orders", Id, Name) with { ForeignKeys = ["fk_a (id) → shop.a (id)"] };

    public static TheoryData<DatasetStructure, Difference[]> Changes => new()
    {
        { Table with { Kind = "View" }, [new(DifferenceAspect.Kind, null, "Table", "View")] },
        { Table with { Comment = "Orders" }, [new(DifferenceAspect.Comment, null, null, "Orders")] },
        { Table with { Columns = [Id, Name, new("new", "text", true, null, false)] }, [new(DifferenceAspect.Column, "new", null, "text")] },
        { Table with { Columns = [Id] }, [new(DifferenceAspect.Column, "name", "varchar(20)", null)] },
        { Table with { Columns = [Id, Name with { Type = "text" }] }, [new(DifferenceAspect.Column, "name", "varchar(20)", "text")] },
        { Table with { Columns = [Id, Name with { IsNullable = false }] }, [new(DifferenceAspect.Nullable, "name", "true", "false")] },
        { Table with { Columns = [Id, Name with { Comment = null }] }, [new(DifferenceAspect.Comment, "name", "Full name", null)] },
        { Table with { Columns = [Id, Name with { IsKey = true }] }, [new(DifferenceAspect.PrimaryKey, null, "id", "id, name")] },
        { Table with { Columns = [Id with { IsKey = false }, Name] }, [new(DifferenceAspect.PrimaryKey, null, "id", null)] },
        { Table with { ForeignKeys = [] }, [new(DifferenceAspect.ForeignKey, null, "fk_a (id) → shop.a (id)", null)] },
        { Table with { ForeignKeys = ["fk_a (id) → shop.b (id)"] }, [new(DifferenceAspect.ForeignKey, null, "fk_a (id) → shop.a (id)", null), new(DifferenceAspect.ForeignKey, null, null, "fk_a (id) → shop.b (id)")] },
    };

    public static TheoryData<DatasetStructure> SameInAllThatCounts => new(
        Table with { Columns = [Name, Id] },
        Table with { Urn = "other", Database = "other", Name = "other" },
        Table with { Columns = [new("name", "text", true, null, false), Id, Name] },
        Table with { ForeignKeys = [.. Table.ForeignKeys, .. Table.ForeignKeys] });

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_change_is_told(DatasetStructure after, Difference[] expected)
    {
        Assert.Equal(expected, Compare(Table, after));
        Assert.NotEqual(StoredStructure.Of(Table).Digest, StoredStructure.Of(after).Digest);
    }

    [Theory]
    [MemberData(nameof(SameInAllThatCounts))]
    public void What_moved_or_stands_twice_is_no_change(DatasetStructure after)
    {
        Assert.Empty(Compare(Table, after));
        Assert.Equal(StoredStructure.Of(Table).Digest, StoredStructure.Of(after).Digest);
    }

    [Fact]
    public void The_order_of_columns_is_kept()
    {
        var moved = Table with { Columns = [Name, Id] };
        Assert.Equal([Name, Id], StoredStructure.Read(StoredStructure.Of(moved).Body).Columns);
    }

    [Fact]
    public void Long_texts_are_cut_and_many_differences_are_bounded()
    {
        var wide = Table with { Comment = new string('x', 499) + "\U0001F600", Columns = [.. Enumerable.Range(0, 4096).Select(index => Id with { Name = $"c{index}" })] };
        var differences = Compare(Table, wide);
        Assert.Equal(100, differences.Count);
        Assert.Equal(new string('x', 499) + "…", differences[0].After);
    }

    private static IReadOnlyList<Difference> Compare(DatasetStructure before, DatasetStructure after) =>
        StructureComparison.Compare(StoredStructure.Read(StoredStructure.Of(before).Body), StoredStructure.Read(StoredStructure.Of(after).Body));
}
