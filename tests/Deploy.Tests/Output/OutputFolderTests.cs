using Discovery.Deploy.Output;

namespace Discovery.Deploy.Tests.Output;

public sealed class OutputFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("output-").FullName;

    private string Out => Path.Combine(_root, "out");

    [Fact]
    public void A_render_writes_what_is_not_there_and_nothing_twice()
    {
        Assert.Equal(["New a.txt", "New dev/run.sh"], Render(("a.txt", "1\n"), ("dev/run.sh", "2\n")));
        var written = File.GetLastWriteTimeUtc(Path.Combine(Out, "a.txt"));

        Assert.Empty(Render(("a.txt", "1\n"), ("dev/run.sh", "2\n")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(Out, "a.txt")));
        Assert.Equal([".rendered", "a.txt", "dev/run.sh"], Files());
        Assert.Equal("4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865  a.txt\n", File.ReadAllText(Path.Combine(Out, ".rendered"))[..72]);
    }

    [Fact]
    public void A_script_is_executable_and_becomes_so_again()
    {
        const UnixFileMode Mode755 = (UnixFileMode)0b111_101_101;
        Render(("run.sh", "1\n"));
        var script = Path.Combine(Out, "run.sh");
        Assert.Equal(Mode755, File.GetUnixFileMode(script));

        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(["Changed run.sh"], Render(("run.sh", "1\n")));
        Assert.Equal(Mode755, File.GetUnixFileMode(script));
    }

    [Fact]
    public void What_an_earlier_render_wrote_goes_and_what_somebody_put_there_stays()
    {
        Render(("a.txt", "1\n"), ("old/b.txt", "2\n"), ("shared/c.txt", "3\n"));
        File.WriteAllText(Path.Combine(Out, "shared", "mine.txt"), "mine");

        Assert.Equal(["Removed old/b.txt", "Removed shared/c.txt"], Render(("a.txt", "1\n")));
        Assert.Equal([".rendered", "a.txt", "shared/mine.txt"], Files());
        Assert.False(Directory.Exists(Path.Combine(Out, "old")));
    }

    [Theory]
    [InlineData("a.txt", "changed by hand\n")]
    [InlineData("gone.txt", "changed by hand\n")]
    [InlineData("new.txt", "was there already\n")]
    public void A_file_that_somebody_changed_is_left_alone_without_force(string file, string text)
    {
        Render(("a.txt", "1\n"), ("gone.txt", "2\n"));
        File.WriteAllText(Path.Combine(Out, file), text);

        var fault = Assert.Throws<OutputException>(() => Render(("a.txt", "3\n"), ("new.txt", "4\n")));
        Assert.Contains($"  {file}\n", fault.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Path.Combine(Out, file)));
        Assert.Equal(file == "a.txt" ? text : "1\n", File.ReadAllText(Path.Combine(Out, "a.txt")));

        new OutputFolder(Out).Write(Output(("a.txt", "3\n"), ("new.txt", "4\n")), force: true);
        Assert.Equal([".rendered", "a.txt", "new.txt"], Files());
        Assert.Equal("3\n", File.ReadAllText(Path.Combine(Out, "a.txt")));
    }

    [Fact]
    public void A_file_that_is_there_already_as_it_would_be_rendered_is_no_conflict()
    {
        Render(("a.txt", "1\n"));
        File.Delete(Path.Combine(Out, ".rendered"));

        Assert.Empty(Render(("a.txt", "1\n")));
        Assert.Equal([".rendered", "a.txt"], Files());
    }

    [Fact]
    public void A_failure_in_the_middle_leaves_the_folder_as_it_was()
    {
        Render(("a.txt", "1\n"), ("gone.txt", "2\n"), ("x/y.txt", "3\n"));
        var before = File.ReadAllText(Path.Combine(Out, ".rendered"));

        // The last change cannot be made: where its folder should be is a file by then.
        var changes = new List<OutputChange>(new OutputFolder(Out).Compare(Output(("a.txt", "new\n"), ("b.txt", "4\n"), ("n/o.txt", "5\n"))))
        {
            new(OutputChangeKind.New, "a.txt/z.txt", null, new FolderFile([1], IsExecutable: false), IsEdited: false),
        };
        Assert.ThrowsAny<IOException>(() => FolderTransaction.Run(Out, changes));

        Assert.Equal([".rendered", "a.txt", "gone.txt", "x/y.txt"], Files());
        Assert.Equal(("1\n", "2\n", "3\n", before), (Text("a.txt"), Text("gone.txt"), Text("x/y.txt"), Text(".rendered")));
        Assert.Equal(["x"], Directory.EnumerateDirectories(Out).Select(Path.GetFileName));
    }

    [Fact]
    public void What_a_process_left_behind_that_was_ended_does_no_harm()
    {
        Render(("a.txt", "1\n"));
        Directory.CreateDirectory(Path.Combine(Out, ".rendering"));
        File.WriteAllText(Path.Combine(Out, ".rendering", "0.new"), "half");

        Assert.Equal(["Changed a.txt"], Render(("a.txt", "2\n")));
        Assert.Equal(("2\n", false), (Text("a.txt"), Directory.Exists(Path.Combine(Out, ".rendering"))));
    }

    [Fact]
    public void While_another_render_writes_nothing_is_written()
    {
        Render(("a.txt", "1\n"));
        Directory.CreateDirectory(Path.Combine(Out, ".rendering"));
        using (new FileStream(Path.Combine(Out, ".rendering", "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("Another render writes", Assert.Throws<OutputException>(() => Render(("a.txt", "2\n"))).Message, StringComparison.Ordinal);
        }
        Assert.Equal("1\n", Text("a.txt"));
    }

    [Theory]
    [InlineData("../a.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("dev/../../a.txt")]
    [InlineData(".git/config")]
    [InlineData("dev/\u009b31m.txt")]
    public void A_list_that_leads_out_of_the_folder_or_to_a_hidden_file_is_refused(string path)
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(_root, "a.txt"), "1\n");
        File.WriteAllText(Path.Combine(Out, ".rendered"), $"{RenderedList.Hash("1\n"u8)}  {path}\n");

        Assert.Contains(".rendered:1: not a line that a render wrote", Assert.Throws<OutputException>(() => Render(("b.txt", "1\n"))).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_root, "a.txt")));
    }

    [Fact]
    public void Links_inside_of_the_folder_are_refused_and_the_folder_itself_may_be_one()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_root, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(Out, elsewhere);
        Assert.Equal(["New dev/a.txt"], Render(("dev/a.txt", "1\n")));
        Assert.True(File.Exists(Path.Combine(elsewhere, "dev", "a.txt")));

        Directory.CreateSymbolicLink(Path.Combine(Out, "prod"), _root);
        Assert.Contains("symbolic link inside of", Assert.Throws<OutputException>(() => Render(("prod/a.txt", "1\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_through_a_link_in_place_of_the_folder_of_new_contents()
    {
        Render(("a.txt", "1\n"));
        var elsewhere = Directory.CreateDirectory(Path.Combine(_root, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(Out, ".rendering"), elsewhere);

        Assert.Contains(".rendering is no folder of a render", Assert.Throws<OutputException>(() => Render(("a.txt", "2\n"))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
        Assert.Equal("1\n", Text("a.txt"));
    }

    [Fact]
    public void A_pipe_in_place_of_a_file_holds_nobody_up()
    {
        Directory.CreateDirectory(Out);
        Pipe.Make(Path.Combine(Out, "a.txt"));

        Assert.True(Assert.Single(new OutputFolder(Out).Compare(Output(("a.txt", "1\n")))).IsEdited);
    }

    [Fact]
    public void A_file_in_place_of_a_folder_and_the_reverse_are_refused()
    {
        Directory.CreateDirectory(Path.Combine(Out, "a.txt"));
        File.WriteAllText(Path.Combine(Out, "dev"), "");

        Assert.Contains("is a folder, and a file of this name", Assert.Throws<OutputException>(() => Render(("a.txt", "1\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("is a file, and a folder of this name", Assert.Throws<OutputException>(() => Render(("dev/b.txt", "1\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("is a file; name a folder", Assert.Throws<OutputException>(() => new OutputFolder(Path.Combine(Out, "dev")).Compare([])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static List<OutputFile> Output(params (string Path, string Text)[] files) =>
        [.. files.Select(file => new OutputFile(file.Path, file.Text, file.Path.EndsWith(".sh", StringComparison.Ordinal)))];

    private string[] Render(params (string Path, string Text)[] files) =>
        [.. new OutputFolder(Out).Write(Output(files), force: false).Select(change => $"{change.Kind} {change.Path}")];

    private string[] Files() =>
        [.. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Out, file)).Order(StringComparer.Ordinal)];

    private string Text(string file) => File.ReadAllText(Path.Combine(Out, file));
}
