using Aspire.Hosting.ApplicationModel;

namespace Discovery.AppHost.Tests;

/// <summary>The file of token hashes.</summary>
public sealed class StaticTokensTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("discovery-test-");

    private string FilePath => Path.Combine(_folder.FullName, "tokens");

    private StaticTokens Tokens => new(FilePath, ReferenceExpression.Create($"worker"), ReferenceExpression.Create($"operator"));

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A server refuses a file that others can write, and many accounts have the umask 002.</summary>
    [Fact]
    public void Nobody_but_its_owner_can_write_it()
    {
        Tokens.Mint("dashboard", "operator", TimeSpan.FromDays(1));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }
    }

    [Fact]
    public void A_token_takes_the_place_of_the_one_of_its_name_and_of_no_other()
    {
        File.WriteAllText(FilePath, "# mine\ndashboard-2 viewer 5b0a\n");
        var first = Tokens.Mint("dashboard", "operator", TimeSpan.FromDays(1));
        var second = Tokens.Mint("dashboard", "operator", TimeSpan.FromDays(1));
        Assert.NotEqual(first, second);
        var lines = File.ReadAllLines(FilePath);
        Assert.Equal(["# mine", "dashboard-2 viewer 5b0a"], lines[..2]);
        Assert.Matches(@"^dashboard operator [0-9a-f]{64} \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", Assert.Single(lines[2..]));
        Assert.DoesNotContain(second, File.ReadAllText(FilePath), StringComparison.Ordinal);
    }
}
