#pragma warning disable CS1591, CA1051, CA2227
using Discovery.Ingestion.Recipes;
namespace Discovery.Ingestion.Sources.MySql;
public sealed record HostPort(string Host, int Port);
public sealed record TlsTmp { public string? CaFile; public string? CertificateFile; public string? KeyFile; public bool ChecksHostName = true; }
public sealed record MySqlSourceConfig
{
    public HostPort Address { get; init; } = new("localhost", 3306);
    public string? Username { get; init; }
    public Secret? Password { get; init; }
    public string? Database { get; init; }
    public TlsTmp? Tls { get; init; }
    public AllowDenyPattern DatabasePattern { get; init; } = null!;
    public AllowDenyPattern TablePattern { get; init; } = null!;
    public AllowDenyPattern? ViewPattern { get; init; }
    public bool IncludeTables { get; init; } = true;
    public bool IncludeViews { get; init; } = true;
    public bool ConvertUrnsToLowercase { get; init; }
    public string? PlatformInstance { get; init; }
    public string Env { get; init; } = "PROD";
    public Dictionary<string, AllowDenyPattern> Domain { get; init; } = [];
    public int SchemasPerBatch { get; init; } = 1000;
    public double PauseBetweenBatchesSec { get; init; }
    public int StatementTimeoutSec { get; init; } = 300;
    public int LockWaitTimeoutSec { get; init; } = 10;
    public int NetWriteTimeoutSec { get; init; } = 60;
    public int ConnectTimeoutSec { get; init; } = 10;
}
