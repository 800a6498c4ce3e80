using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Input.Forms;

/// <summary>A container image that stays the same: with a tag that does not move, or a digest.</summary>
internal sealed class ImageAttribute() : TextPatternAttribute(
    "an image with its registry and a tag other than latest or a digest, such as europe-west1-docker.pkg.dev/example/data/discovery-worker:0.1.0",
    @"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$")
{
    /// <inheritdoc/>
    public override bool Takes(string text) => base.Takes(text) && !ContainerImage.Moves(text);

    /// <inheritdoc/>
    public override string Advice(string text) =>
        !base.Takes(text) ? ""
        : ContainerImage.TagOf(text) is { } tag ? $"; {tag} becomes another image one day"
        : "; without a tag it is latest, which becomes another image one day";
}
