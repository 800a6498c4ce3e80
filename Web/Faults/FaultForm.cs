namespace Discovery.Web.Faults;

/// <summary>In which form a request is told what went wrong.</summary>
internal enum FaultForm
{
    /// <summary>Problem details (RFC 9457).</summary>
    Problem,

    /// <summary>As GMS does.</summary>
    Gms,

    /// <summary>A page for people.</summary>
    Page,
}

/// <summary>Paths that answer as GMS does; registered as a service by who has such.</summary>
/// <param name="Prefixes">Whole first segments, such as <c>/aspects</c>.</param>
public sealed record GmsPaths(IReadOnlyList<string> Prefixes);
