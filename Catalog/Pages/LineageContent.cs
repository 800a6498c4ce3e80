using Discovery.Catalog.Graph;
using Discovery.Catalog.Pages.Pictures;
using Discovery.Catalog.Pages.Views;
using Discovery.Catalog.Store;
using Discovery.Metadata;

namespace Discovery.Catalog.Pages;

/// <summary>The lineage of an entity, or of one of its columns.</summary>
/// <param name="Picture">The picture; null where there is no lineage.</param>
/// <param name="LeftOut">How many entities it has no room for.</param>
/// <param name="Hops">How many steps are followed, from 1 to 3.</param>
/// <param name="Column">Path of the column; null for the lineage of the entity itself.</param>
/// <param name="Columns">The columns that one can choose.</param>
/// <param name="Upstream">What is upstream, nearest first; of a list that is too long the beginning.</param>
/// <param name="UpstreamTotal">How much is upstream.</param>
/// <param name="Downstream">What is downstream, nearest first; of a list that is too long the beginning.</param>
/// <param name="DownstreamTotal">How much is downstream.</param>
public sealed record LineageContent(
    Picture? Picture, int LeftOut, int Hops, string? Column, IReadOnlyList<string> Columns,
    IReadOnlyList<LineageNode> Upstream, int UpstreamTotal, IReadOnlyList<LineageNode> Downstream, int DownstreamTotal) : TabContent
{
    internal const int MostHops = 3;
    private const int MostListed = 200;

    internal static LineageContent Read(CatalogStore store, EntityReader entities, string urn, string? column, int hops)
    {
        var schema = SchemaView.Read(store, urn);
        var start = column is null ? urn : Urns.SchemaField(urn, column);
        var upstream = Lineage.Walk(store, start, downstream: false, hops);
        var downstream = Lineage.Walk(store, start, downstream: true, hops);
        var graph = LineageGraph.Of(start, upstream, downstream, node => Lineage.Walk(store, node, downstream: false, 1).Select(source => source.Urn));
        return new LineageContent(
            graph.Columns.Count > 1 ? LineagePicture.Of(graph, Label, node => AddressOf(node, hops)) : null,
            graph.LeftOut,
            hops,
            column,
            [.. schema?.Fields.Select(field => field.Path) ?? []],
            [.. upstream.Take(MostListed)],
            upstream.Count,
            [.. downstream.Take(MostListed)],
            downstream.Count);

        BoxLabel Label(string node)
        {
            if (Urn.DatasetOfField(node) is { } dataset)
            {
                return new BoxLabel(EntityNames.FromUrn(node), entities.NameOf(dataset));
            }
            var view = entities[node];
            return new BoxLabel(view.Name, view.Platform is { } platform ? $"{view.Kind} · {entities.NameOf(platform)}" : view.Kind);
        }
    }

    /// <summary>The lineage page of an entity, or of the column that a schema field is.</summary>
    internal static string AddressOf(string urn, int hops) => Urn.DatasetOfField(urn) is { } dataset
        ? PageAddress.Entity(dataset, ("tab", "lineage"), ("column", EntityNames.Decode(Urn.Parse(urn).Parts[1])), ("hops", PageAddress.Number(hops)))
        : PageAddress.Entity(urn, ("tab", "lineage"), ("hops", PageAddress.Number(hops)));
}
