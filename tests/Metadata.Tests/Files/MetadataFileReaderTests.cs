using System.Text;
using Discovery.Metadata.Files;

namespace Discovery.Metadata.Tests.Files;

public sealed class MetadataFileReaderTests
{
    [Theory]
    [InlineData("[]", "")]
    [InlineData(" [ ] \n", "")]
    [InlineData("[{\"a\":1},{\"b\":2}]", "{\"a\":1}|{\"b\":2}")]
    [InlineData("[\n{\n\"a\": 1\n}\n,\n{}\n]\n", "{\n\"a\": 1\n}|{}")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("{\"a\":1}\n{\"b\":2}\r\n\n{}", "{\"a\":1}|{\"b\":2}|{}")]
    [InlineData("\uFEFF[{}]", "{}")]
    [InlineData("""[{"a":"}]\"{["},{"b\\":[{}]}]""", """{"a":"}]\"{["}|{"b\\":[{}]}""")]
    public async Task Elements_are_found_whatever_the_pieces_in_which_the_file_arrives(string file, string expected)
    {
        foreach (var piece in (int[])[1, 2, 3, 1000])
        {
            var elements = await ReadAsync(file, piece);
            Assert.All(elements, element => Assert.Null(element.Fault));
            Assert.Equal(expected, string.Join('|', elements.Select(element => element.Text)));
        }
    }

    [Theory]
    [InlineData("", "line 1, byte 0: the file is empty")]
    [InlineData(" \n ", "line 2, byte 3: the file is empty")]
    [InlineData("entity,urn", "a metadata file is a JSON array")]
    [InlineData("[{}", "line 1, byte 3: the file ends before the ']'")]
    [InlineData("[{},", "the file ends before the ']'")]
    [InlineData("[{}\n{}]", "line 2, byte 4: ',' or ']' is expected")]
    [InlineData("[{},]", "a record is expected")]
    [InlineData("[{}] x", "there is text after the end of the array")]
    [InlineData("[{}]]", "there is text after the end of the array")]
    [InlineData("{}\nx", "line 2, byte 3: a record is expected")]
    [InlineData("[{},\n{\"a\":", "the record that starts in line 2, byte 5, cannot be read: the file ends within it")]
    public async Task A_fault_of_the_file_is_told_with_its_place_and_ends_it(string file, string fault)
    {
        foreach (var piece in (int[])[1, 1000])
        {
            var elements = await ReadAsync(file, piece);
            Assert.Contains(fault, elements[^1].Fault, StringComparison.Ordinal);
            Assert.All(elements[..^1], element => Assert.Null(element.Fault));
        }
    }

    [Fact]
    public async Task Elements_that_are_no_objects_are_told_and_the_next_one_is_read()
    {
        var elements = await ReadAsync("[1, null, \"a,]\", [{}], {\"a\":1}, -2.5]", 3);
        Assert.Equal([0, 1, 2, 3, 4, 5], elements.Select(element => (int)element.Index));
        Assert.Equal("{\"a\":1}", elements[4].Text);
        Assert.All(elements.Where(element => element.Index != 4), element => Assert.Contains("not a JSON object", element.Fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Too_large_a_record_is_passed_over_without_being_held()
    {
        var elements = await ReadAsync($"[{{\"a\":1}},\n{{\"b\":\"{new string('x', 5000)}\"}},{{\"c\":3}}]", 7, maxRecordBytes: 100);
        Assert.Equal(["{\"a\":1}", "", "{\"c\":3}"], elements.Select(element => element.Text));
        Assert.Equal("the record that starts in line 2, byte 10, cannot be read: it is larger than 100 bytes", elements[1].Fault);
    }

    private static async Task<List<(long Index, string Text, string? Fault)>> ReadAsync(
        string file, int piece, int maxRecordBytes = MetadataFileReader.MaxRecordBytes)
    {
        var reader = new MetadataFileReader(new PieceStream(Encoding.UTF8.GetBytes(file), piece), maxRecordBytes);
        var elements = new List<(long, string, string?)>();
        while (await reader.NextAsync(TestContext.Current.CancellationToken) is { } element)
        {
            elements.Add((element.Index, Encoding.UTF8.GetString(element.Json.Span), element.Fault));
        }
        return elements;
    }

    private sealed class PieceStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }
}
