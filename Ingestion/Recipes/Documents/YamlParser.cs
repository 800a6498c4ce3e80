using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>
/// YamlDotNet's parser, which for some malformed texts throws faults of other kinds than <see cref="YamlException"/>:
/// <c>{a: 1, b c: "x</c> an <see cref="InvalidOperationException"/>, <c>! &lt;x&gt;</c> an <see cref="ArgumentException"/>.
/// </summary>
internal sealed class YamlParser(string text) : IParser
{
    private readonly Parser _parser = new(new StringReader(text));

    public ParsingEvent? Current => _parser.Current;

    public bool MoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            var place = _parser.Current?.End ?? Mark.Empty;
            throw new YamlException(place, place, "What follows this place is malformed; check its braces, quotes and tags", fault);
        }
    }
}
