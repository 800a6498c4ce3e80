using Discovery.Catalog.Graph;
using Discovery.Catalog.Pages;
using Discovery.Catalog.Pages.Pictures;
using Discovery.Catalog.Pages.Views;

namespace Discovery.Catalog.Tests.Pages;

public sealed class PictureTests
{
    [Fact]
    public void Upstream_stands_left_and_downstream_right()
    {
        var graph = LineageGraph.Of("b", [new("a", 1, ["b", "a"])], [new("c", 1, ["b", "c"])], Upstream(("b", "a"), ("c", "b")));
        var picture = Draw(graph);
        Assert.Equal(["a", "b", "c"], picture.Boxes.OrderBy(box => box.X).Select(box => box.Title));
        Assert.Equal(["a to b", "b to c"], picture.Lines.Select(line => line.Description));
        Assert.Equal("a, dataset, 1 step upstream", picture.Boxes[0].Description);
        Assert.True(picture.Boxes[1].IsStart);
    }

    [Fact]
    public void A_cycle_is_drawn_once()
    {
        var graph = LineageGraph.Of("a", [new("b", 1, ["a", "b"])], [new("b", 1, ["a", "b"])], Upstream(("a", "b"), ("b", "a"), ("a", "a")));
        Assert.Equal(2, graph.Columns.Count);
        Assert.Equal(0, graph.LeftOut);
        Assert.Equal(3, Draw(graph).Lines.Count);
    }

    [Fact]
    public void A_picture_has_room_for_so_many_and_tells_the_rest()
    {
        var nodes = Enumerable.Range(0, 100).Select(i => new LineageNode($"n{i:d3}", 1, ["s", $"n{i:d3}"])).ToList();
        var behind = nodes.Select(node => new LineageNode($"{node.Urn}x", 2, ["s", node.Urn, $"{node.Urn}x"])).ToList();
        var graph = LineageGraph.Of("s", [], [.. nodes, .. behind], _ => []);
        Assert.Equal(1 + 2 * LineageGraph.MostPerColumn, graph.Columns.Count);
        Assert.Equal(200 - 2 * LineageGraph.MostPerColumn, graph.LeftOut);
        Assert.All(graph.Columns.Keys.Where(urn => urn.EndsWith('x')), urn => Assert.Contains(urn[..^1], graph.Columns.Keys));
    }

    [Fact]
    public void A_diagram_joins_the_columns_of_a_foreign_key()
    {
        var content = DiagramContent.Of([Table("city", ["id"], ("country_id", "country")), Table("country", ["id"]), Table("alone", ["id"])], unread: 0);
        Assert.Equal(["urn:alone"], content.Unconnected);
        Assert.Equal(["city", "country"], content.Picture!.Boxes.Select(box => box.Title));
        Assert.Equal("city (country_id) refers to country (id)", Assert.Single(content.Picture.Lines).Description);
        Assert.Equal([new PictureRow("id", "PK"), new PictureRow("country_id", "FK"), new PictureRow("1 more column", "")], content.Picture.Boxes[0].Rows);
        Assert.True(content.Picture.Boxes[1].X < content.Picture.Boxes[0].X, "what is referred to stands at the left");
    }

    [Fact]
    public void Circles_of_foreign_keys_and_tables_that_refer_to_themselves_are_drawn()
    {
        var content = DiagramContent.Of([Table("a", ["id"], ("b_id", "b"), ("parent", "a")), Table("b", ["id"], ("a_id", "a")), Table("c", ["id"], ("x", "elsewhere"))], unread: 0);
        Assert.Equal(3, content.Picture!.Lines.Count);
        Assert.Equal(["urn:c"], content.Unconnected);
        Assert.Equal(4, content.ForeignKeys.Count);
    }

    [Fact]
    public void A_diagram_shows_the_tables_with_most_foreign_keys()
    {
        var tables = Enumerable.Range(0, 300).Select(i => Table($"t{i:d3}", ["id"], ("hub_id", "hub"))).Append(Table("hub", ["id"])).ToList();
        var content = DiagramContent.Of(tables, unread: 7);
        Assert.Equal(DiagramContent.MostInPicture, content.Picture!.Boxes.Count);
        Assert.Contains("hub", content.Picture.Boxes.Select(box => box.Title));
        Assert.Equal(301 - DiagramContent.MostInPicture, content.LeftOut);
    }

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly_10", 10, "exactly_10")]
    [InlineData("much_too_long", 10, "much_too_…")]
    [InlineData("도시도시도시", 10, "도시도시…")]
    [InlineData("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 4, "👩‍👩‍👧…")]
    [InlineData("", 4, "")]
    public void Text_is_cut_between_characters(string text, int columns, string cut) => Assert.Equal(cut, ShortText.CutToWidth(text, columns));

    private static Picture Draw(LineageGraph graph) => LineagePicture.Of(graph, urn => new BoxLabel(urn, "dataset"), urn => $"/{urn}");

    private static Func<string, IEnumerable<string>> Upstream(params (string Urn, string Source)[] edges) => urn => edges.Where(edge => edge.Urn == urn).Select(edge => edge.Source);

    private static DiagramTable Table(string name, string[] keys, params (string Column, string Table)[] references)
    {
        var aspects = Stored.Set(("schemaMetadata", $$"""
            {"primaryKeys":[{{string.Join(',', keys.Select(key => $"\"{key}\""))}}],
            "fields":[{{string.Join(',', keys.Concat(references.Select(reference => reference.Column)).Append("other").Select(path => $$"""{"fieldPath":"{{path}}"}"""))}}]}
            """));
        var foreignKeys = references.Select(reference => new ForeignKeyView("fk", [reference.Column], $"urn:{reference.Table}", ["id"])).ToList();
        return new DiagramTable($"urn:{name}", name, $"/{name}", SchemaView.Read(aspects)!.Fields, foreignKeys);
    }
}
