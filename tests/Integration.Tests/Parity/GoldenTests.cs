namespace Discovery.Integration.Tests.Parity;

/// <summary>Recorded recipes, unchanged, on MariaDB.</summary>
[TestCaseOrderer(typeof(SchemaBySchema))]
public sealed class MariaDbGoldenTests(LoadedOnMariaDb loaded) : IClassFixture<LoadedOnMariaDb>
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Cases => RecordedCorpus.Cases(RecordedCorpus.MariaDb);

    [Theory, MemberData(nameof(Cases))]
    public async Task A_recorded_recipe_gives_what_the_real_client_gave(string schema, string variant, string account)
    {
        Assert.SkipUnless(loaded.Server.Server.IsMariaDb, "the output was recorded on MariaDB");
        await GoldenComparison.AssertAsync(loaded, schema, variant, account);
    }
}

/// <summary>Recorded recipes, unchanged, on MySQL.</summary>
[TestCaseOrderer(typeof(SchemaBySchema)), Trait("Category", "Long")]
public sealed class MySqlGoldenTests(LoadedOnMySql loaded) : IClassFixture<LoadedOnMySql>
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Cases => RecordedCorpus.Cases(RecordedCorpus.MySql);

    [Theory, MemberData(nameof(Cases))]
    public Task A_recorded_recipe_gives_what_the_real_client_gave(string schema, string variant, string account) =>
        GoldenComparison.AssertAsync(loaded, schema, variant, account);
}
