namespace Discovery.Catalog;

/// <summary>A request that the catalog refuses; the message says what is wrong with it.</summary>
public sealed class CatalogException(CatalogFault fault, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public CatalogFault Fault { get; } = fault;
}

/// <summary>Why a request is refused; each family of endpoints has its own status for it.</summary>
public enum CatalogFault
{
    /// <summary>An argument is missing or malformed, a urn is no urn.</summary>
    Argument,

    /// <summary>A value does not fit the model, or an aspect or entity type is unknown.</summary>
    Validation,

    /// <summary>A creation met something that exists.</summary>
    Exists,

    /// <summary>A condition of a write does not hold.</summary>
    Precondition,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>DataHub can do this, the catalog cannot.</summary>
    NotBuilt,

    /// <summary>The store cannot be written to now, as when the disk is full.</summary>
    Unavailable,
}
