using System.Text;

namespace Discovery.Deploy.Output;

/// <summary>Writes changes as <c>git diff</c> does, so that <c>git apply</c> and <c>patch -p1</c> take them.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    // Cells of the table of common lines; beyond it a file is replaced as a whole, which is as true and less readable.
    private const int MostCells = 16_000_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes one change.</summary>
    public static string Write(OutputChange change)
    {
        var text = new StringBuilder($"diff --git a/{change.Path} b/{change.Path}\n");
        text.Append((change.Before, change.After) switch
        {
            (null, { } after) => $"new file mode {Mode(after)}\n",
            ({ } before, null) => $"deleted file mode {Mode(before)}\n",
            ({ } before, { } after) when before.IsExecutable != after.IsExecutable => $"old mode {Mode(before)}\nnew mode {Mode(after)}\n",
            _ => "",
        });
        if (Lines(change.Before) is not { } old || Lines(change.After) is not { } now)
        {
            return text.Append($"Binary files a/{change.Path} and b/{change.Path} differ\n").ToString();
        }
        var hunks = Hunks(Steps(old, now)).ToList();
        if (hunks.Count > 0)
        {
            text.Append(change.Before is null ? "--- /dev/null\n" : $"--- a/{change.Path}\n").Append(change.After is null ? "+++ /dev/null\n" : $"+++ b/{change.Path}\n");
        }
        hunks.ForEach(hunk => Write(text, hunk));
        return text.ToString();
    }

    private static string Mode(FolderFile file) => file.IsExecutable ? "100755" : "100644";

    /// <summary>The lines of a file with their ends; null where it is no text.</summary>
    private static List<string>? Lines(FolderFile? file)
    {
        try
        {
            var text = StrictUtf8.GetString(file?.Bytes ?? []);
            var lines = new List<string>();
            for (var start = 0; start < text.Length;)
            {
                var end = text.IndexOf('\n', start) is >= 0 and var newLine ? newLine + 1 : text.Length;
                lines.Add(text[start..end]);
                start = end;
            }
            return lines;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The way from one text to the other, line by line: kept (a space), taken away (-) or added (+).</summary>
    private static List<(char Sign, string Line)> Steps(List<string> old, List<string> now)
    {
        var start = 0;
        while (start < old.Count && start < now.Count && old[start] == now[start])
        {
            start++;
        }
        var end = 0;
        while (end < old.Count - start && end < now.Count - start && old[^(end + 1)] == now[^(end + 1)])
        {
            end++;
        }
        return
        [
            .. old.Take(start).Select(line => (' ', line)),
            .. Middle(old[start..^end], now[start..^end]),
            .. old.TakeLast(end).Select(line => (' ', line)),
        ];
    }

    private static List<(char Sign, string Line)> Middle(List<string> old, List<string> now)
    {
        if ((long)(old.Count + 1) * (now.Count + 1) > MostCells)
        {
            return [.. old.Select(line => ('-', line)), .. now.Select(line => ('+', line))];
        }
        // Lines that both have from here to the end.
        var common = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }
        var steps = new List<(char, string)>();
        var (from, to) = (0, 0);
        while (from < old.Count || to < now.Count)
        {
            if (from < old.Count && to < now.Count && old[from] == now[to])
            {
                steps.Add((' ', old[from++]));
                to++;
            }
            else if (from < old.Count && (to == now.Count || common[from + 1, to] >= common[from, to + 1]))
            {
                steps.Add(('-', old[from++]));
            }
            else
            {
                steps.Add(('+', now[to++]));
            }
        }
        return steps;
    }

    /// <summary>Changed lines with those around them; stretches that would touch are one.</summary>
    private static IEnumerable<(int Old, int Now, List<(char Sign, string Line)> Steps)> Hunks(List<(char Sign, string Line)> steps)
    {
        var (old, now) = (1, 1);
        for (var index = 0; index < steps.Count;)
        {
            var first = steps.FindIndex(index, step => step.Sign != ' ');
            if (first < 0)
            {
                yield break;
            }
            var start = Math.Max(index, first - Context);
            (old, now) = (old + start - index, now + start - index);
            var last = first;
            for (var next = first; next >= 0 && next - last <= 2 * Context + 1; next = next + 1 < steps.Count ? steps.FindIndex(next + 1, step => step.Sign != ' ') : -1)
            {
                last = next;
            }
            var end = Math.Min(steps.Count, last + 1 + Context);
            var hunk = steps[start..end];
            yield return (old, now, hunk);
            (old, now) = (old + hunk.Count(step => step.Sign != '+'), now + hunk.Count(step => step.Sign != '-'));
            index = end;
        }
    }

    private static void Write(StringBuilder text, (int Old, int Now, List<(char Sign, string Line)> Steps) hunk)
    {
        var (old, now) = (hunk.Steps.Count(step => step.Sign != '+'), hunk.Steps.Count(step => step.Sign != '-'));
        // A side without lines begins at the line before, which is 0 for a file that is not there.
        text.Append($"@@ -{Range(hunk.Old, old)} +{Range(hunk.Now, now)} @@\n");
        foreach (var (sign, line) in hunk.Steps)
        {
            text.Append(sign).Append(line).Append(line.EndsWith('\n') ? "" : "\n\\ No newline at end of file\n");
        }
    }

    private static string Range(int start, int count) => $"{(count == 0 ? start - 1 : start)},{count}";
}
