using System.Text;
using Discovery.Deploy.Output;

namespace Discovery.Deploy.Tests.Output;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void A_change_stands_with_three_lines_around_it()
    {
        var lines = Enumerable.Range(1, 20).Select(line => $"{line}\n").ToList();

        Assert.Equal(
            """
            diff --git a/dev/a.yaml b/dev/a.yaml
            --- a/dev/a.yaml
            +++ b/dev/a.yaml
            @@ -1,5 +1,5 @@
             1
            -2
            +two
             3
             4
             5
            @@ -15,6 +15,5 @@
             15
             16
             17
            -18
             19
             20

            """,
            Diff(string.Concat(lines), string.Concat(lines).Replace("\n2\n", "\ntwo\n", StringComparison.Ordinal).Replace("18\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void New_files_removed_files_modes_and_binary_files_are_told_as_git_tells_them()
    {
        Assert.Equal("diff --git a/dev/a.yaml b/dev/a.yaml\nnew file mode 100644\n--- /dev/null\n+++ b/dev/a.yaml\n@@ -0,0 +1,1 @@\n+x\n", Diff(null, "x\n"));
        Assert.Equal("diff --git a/dev/a.yaml b/dev/a.yaml\ndeleted file mode 100644\n--- a/dev/a.yaml\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n\\ No newline at end of file\n", Diff("x", null));
        Assert.Equal(
            "diff --git a/s b/s\nold mode 100644\nnew mode 100755\n",
            UnifiedDiff.Write(new OutputChange(OutputChangeKind.Changed, "s", new FolderFile([], IsExecutable: false), new FolderFile([], IsExecutable: true), IsEdited: false)));
        Assert.Equal(
            "diff --git a/s b/s\nBinary files a/s and b/s differ\n",
            UnifiedDiff.Write(new OutputChange(OutputChangeKind.Changed, "s", new FolderFile([0xFF], IsExecutable: false), new FolderFile([], IsExecutable: false), IsEdited: true)));
    }

    [Fact]
    public void Git_applies_what_is_told_to_be_changed()
    {
        var random = new Random(7);
        var folder = Directory.CreateTempSubdirectory("diff-").FullName;
        try
        {
            for (var round = 0; round < 25; round++)
            {
                var (before, after) = (RandomText(random), RandomText(random));
                if (before == after)
                {
                    continue;
                }
                Directory.CreateDirectory(Path.Combine(folder, "dev"));
                System.IO.File.WriteAllText(Path.Combine(folder, "dev", "a.yaml"), before);
                System.IO.File.WriteAllText(Path.Combine(folder, "patch"), Diff(before, after));
                Git(folder, "apply", "--unidiff-zero", "patch");

                Assert.Equal(after, System.IO.File.ReadAllText(Path.Combine(folder, "dev", "a.yaml")));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Large_files_that_have_nothing_in_common_take_no_table()
    {
        var (before, after) = (string.Concat(Enumerable.Range(0, 20_000).Select(line => $"a{line}\n")), string.Concat(Enumerable.Range(0, 20_000).Select(line => $"b{line}\n")));

        Assert.Equal(40_000 + 4, Diff(before, after).Count(character => character == '\n'));
    }

    private static string Diff(string? before, string? after) => UnifiedDiff.Write(new OutputChange(OutputChangeKind.Changed, "dev/a.yaml", File(before), File(after), IsEdited: false));

    private static FolderFile? File(string? text) => text is null ? null : new FolderFile(Encoding.UTF8.GetBytes(text), IsExecutable: false);

    private static string RandomText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => $"{random.Next(6)}\n")) + (random.Next(2) == 0 ? "end" : "");

    private static void Git(string folder, params string[] arguments)
    {
        var (exitCode, _, error) = Programs.Run("git", arguments, folder);
        Assert.True(exitCode == 0, error);
    }
}
