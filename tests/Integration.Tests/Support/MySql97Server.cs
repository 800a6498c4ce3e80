namespace Discovery.Integration.Tests.Support;

/// <summary>The second server: MySQL 9.7, which <c>./discovery test --all</c> unpacks below artifacts.</summary>
public sealed class MySql97Server : TestServer
{
    protected override string? Program { get; } = Path.Combine(SharedFolder.Root, "artifacts", "mysql97", "mysqld");

    protected override string WhyNone => "no MySQL 9.7 in artifacts/mysql97 (./discovery test --all unpacks it where apt has a mirror of Debian)";
}
