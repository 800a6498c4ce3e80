namespace Discovery.Integration.Tests.Support;

/// <summary>Tests that share one server; they run one after the other.</summary>
[CollectionDefinition]
public sealed class ServerCollection : ICollectionFixture<TestServer>;

/// <summary>Tests that share MySQL 9.7; they run one after the other.</summary>
[CollectionDefinition]
public sealed class MySql97Collection : ICollectionFixture<MySql97Server>;
