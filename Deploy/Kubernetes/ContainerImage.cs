namespace Discovery.Deploy.Kubernetes;

/// <summary>Names of container images.</summary>
internal static class ContainerImage
{
    /// <summary>The tag of an image; null for none. With a digest behind it, as <c>0.1.0@sha256:...</c>.</summary>
    public static string? TagOf(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        return name.Contains(':', StringComparison.Ordinal) ? name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..] : null;
    }

    /// <summary>Whether an image becomes another one some day: it has no tag or one that moves, and no digest.</summary>
    public static bool Moves(string image) =>
        !image.Contains("@sha256:", StringComparison.Ordinal)
        && (TagOf(image) is null or "" or "latest" or "head" or "main" or "master" or "edge" or "stable" or "quickstart" or "debug" || image.EndsWith("-latest", StringComparison.Ordinal));
}
