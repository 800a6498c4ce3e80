using YamlDotNet.Core;

namespace Discovery.Deploy.Policy.Reading;

/// <summary>Reads a file of YAML documents as kubectl does: lines with <c>---</c> part it first, so that a fault in one document does not hide the others.</summary>
internal static class YamlDocuments
{
    /// <summary>Reads all documents.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="faults">Gets what is wrong with the syntax; a document with such a fault is left out, but for a key that is given twice.</param>
    public static IReadOnlyList<YamlDocument> Read(string text, ICollection<SyntaxFault> faults)
    {
        var documents = new List<YamlDocument>();
        var budget = new ReadingBudget();
        foreach (var (part, linesBefore) in Parts(text))
        {
            var reader = new YamlTreeReader(part, linesBefore, budget, faults);
            try
            {
                documents.AddRange(reader.ReadAll());
            }
            catch (YamlException fault)
            {
                faults.Add(new SyntaxFault(linesBefore + (int)fault.Start.Line, $"not valid YAML: {Reason(part, fault)}"));
            }
            catch (ReadingException fault)
            {
                faults.Add(new SyntaxFault(linesBefore + fault.Line, fault.Message));
                if (budget.IsSpent)
                {
                    break;
                }
            }
        }
        return documents;
    }

    // What the parser says can repeat an anchor, and an unquoted password may begin with an asterisk.
    private static string Reason(string part, YamlException fault) =>
        fault.Message.Contains(" tab ", StringComparison.Ordinal) || part.Split('\n').ElementAtOrDefault((int)fault.Start.Line - 1)?.TrimStart(' ').StartsWith('\t') == true
            ? "a tab; YAML indents with spaces"
            : fault.Message.IndexOfAny(['\'', '"', '*', '&']) >= 0 ? "what stands here cannot be read; check quotes, anchors and indentation" : fault.Message.TrimEnd('.');

    private static IEnumerable<(string Text, int LinesBefore)> Parts(string text)
    {
        var (start, linesBefore, line) = (0, 0, 0);
        for (var position = 0; position < text.Length; line++)
        {
            if (position > start && IsSeparator(text.AsSpan(position)))
            {
                yield return (text[start..position], linesBefore);
                (start, linesBefore) = (position, line);
            }
            var end = text.IndexOf('\n', position);
            position = end < 0 ? text.Length : end + 1;
        }
        yield return (text[start..], linesBefore);
    }

    private static bool IsSeparator(ReadOnlySpan<char> rest) => rest.StartsWith("---") && (rest.Length == 3 || char.IsWhiteSpace(rest[3]));
}
