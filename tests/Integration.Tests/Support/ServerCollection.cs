namespace Discovery.Integration.Tests.Support;

/// <summary>Tests that share one server; they run one after the other.</summary>
[CollectionDefinition]
public sealed class ServerCollection : ICollectionFixture<TestServer>;
