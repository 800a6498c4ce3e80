using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Discovery.Catalog.Search.Text;

/// <summary>
/// Breaks text into terms. <c>shop.OrderItems2</c> has the words shop, order, items and 2 at positions 0 to 3, the joined word
/// orderitems2 at position 1 and the joined word shop.orderitems2 at position 0. Chinese, Japanese and Korean text has all
/// pairs of adjacent characters as its words, and its last character.
/// </summary>
/// <param name="sink">Is told of the terms.</param>
/// <param name="forQuery">Whether the last character of a text in pairs is left out, because a pair ends with it.</param>
/// <param name="position">The position of the first word.</param>
internal struct WordBreaker(ITermSink sink, bool forQuery = false, int position = 0)
{
    /// <summary>Longest term in UTF-8 bytes; longer words are cut, longer joined words left out.</summary>
    private const int MaxTermBytes = 128;

    // More changes between letters and digits than a name has: a hash, of which the parts are no words.
    private const int MaxDigitBorders = 3;

    private const string Connectors = "_.-/:@$#+&%";

    private int _position = position;

    /// <summary>The position after the last word.</summary>
    public readonly int Position => _position;

    /// <summary>Breaks a text; words of a later text never stand beside those of an earlier one.</summary>
    public void Break(ReadOnlySpan<char> text)
    {
        var folded = Folding.Fold(text);
        while (!folded.IsEmpty)
        {
            var start = 0;
            while (start < folded.Length && !IsWord(folded, start))
            {
                start++;
            }
            var end = start;
            while (end < folded.Length && (IsWord(folded, end) || Connectors.Contains(folded[end], StringComparison.Ordinal)))
            {
                end++;
            }
            BreakChunk(folded[start..end].TrimEnd(Connectors));
            folded = folded[end..];
        }
        _position++;
    }

    /// <summary>Breaks letters, digits and connectors without anything between them.</summary>
    private void BreakChunk(ReadOnlySpan<char> chunk)
    {
        var first = _position;
        var segments = 0;
        for (var start = 0; start < chunk.Length; start++)
        {
            var end = start;
            while (end < chunk.Length && IsWord(chunk, end))
            {
                end++;
            }
            if (end > start)
            {
                BreakSegment(chunk[start..end]);
                segments++;
            }
            start = end;
        }
        if (segments > 1)
        {
            EmitJoined(chunk, first);
        }
    }

    /// <summary>Breaks letters and digits.</summary>
    private void BreakSegment(ReadOnlySpan<char> segment)
    {
        var first = _position;
        var splitDigits = CountDigitBorders(segment) <= MaxDigitBorders;
        var hasPairs = false;
        for (var start = 0; start < segment.Length;)
        {
            var kind = Kind(segment, start, out var width);
            var end = start + width;
            if (kind == LetterKind.Paired)
            {
                while (end < segment.Length && Kind(segment, end, out width) == LetterKind.Paired)
                {
                    end += width;
                }
                EmitPairs(segment[start..end]);
                hasPairs = true;
            }
            else
            {
                while (kind != LetterKind.Symbol && end < segment.Length && !IsBorder(segment, end, splitDigits))
                {
                    end++;
                }
                EmitWord(segment[start..end]);
                _position++;
            }
            start = end;
        }
        if (_position > first + 1 && !hasPairs)
        {
            EmitJoined(segment, first);
        }
    }

    /// <summary>Whether a word ends before a letter: <c>order|Items</c>, <c>XML|Parser</c>, <c>user|2</c>.</summary>
    private static bool IsBorder(ReadOnlySpan<char> segment, int at, bool splitDigits)
    {
        var (before, letter) = (segment[at - 1], segment[at]);
        if (letter < 0x80 && before < 0x80)
        {
            return char.IsAsciiDigit(before) != char.IsAsciiDigit(letter)
                ? splitDigits
                : splitDigits && char.IsAsciiLetterUpper(letter)
                    && (char.IsAsciiLetterLower(before) || (at + 1 < segment.Length && char.IsAsciiLetterLower(segment[at + 1])));
        }
        return Kind(segment, at, out _) is LetterKind.Paired or LetterKind.Symbol || (splitDigits && char.IsLower(before) && char.IsUpper(letter));
    }

    private static int CountDigitBorders(ReadOnlySpan<char> segment)
    {
        var borders = 0;
        for (var i = 1; i < segment.Length; i++)
        {
            if (char.IsAsciiDigit(segment[i]) != char.IsAsciiDigit(segment[i - 1]))
            {
                borders++;
            }
        }
        return borders;
    }

    private void EmitPairs(ReadOnlySpan<char> run)
    {
        var start = 0;
        while (start < run.Length)
        {
            var next = start + Width(run, start);
            if (next < run.Length)
            {
                EmitWord(run[start..(next + Width(run, next))]);
            }
            else if (start == 0 || !forQuery)
            {
                EmitWord(run[start..]);
            }
            _position++;
            start = next;
        }
    }

    private readonly void EmitWord(ReadOnlySpan<char> word) => Emit(word, _position, isJoined: false);

    private readonly void EmitJoined(ReadOnlySpan<char> text, int position) => Emit(text, position, isJoined: true);

    private readonly void Emit(ReadOnlySpan<char> text, int position, bool isJoined)
    {
        if (isJoined && text.Length > MaxTermBytes)
        {
            return;
        }
        Span<byte> utf8 = stackalloc byte[MaxTermBytes];
        if (text.Length <= MaxTermBytes && Ascii.ToLower(text, utf8, out var ascii) == OperationStatus.Done)
        {
            sink.Add(utf8[..ascii], position, isJoined);
            return;
        }
        Span<char> lower = stackalloc char[MaxTermBytes];
        text = text.Length > MaxTermBytes ? text[..MaxTermBytes] : text;
        var length = text.ToLowerInvariant(lower);
        // A lone half of a surrogate pair becomes a replacement character; what does not fit is cut between characters.
        var status = Utf8.FromUtf16(lower[..length], utf8, out _, out var written);
        if (status == OperationStatus.Done || !isJoined)
        {
            sink.Add(utf8[..written], position, isJoined);
        }
    }

    private static bool IsWord(ReadOnlySpan<char> text, int at)
    {
        var letter = text[at];
        return letter < 0x80 ? char.IsAsciiLetterOrDigit(letter) : char.IsLowSurrogate(letter) || Kind(text, at, out _) != LetterKind.None;
    }

    private static int Width(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    private static LetterKind Kind(ReadOnlySpan<char> text, int at, out int width)
    {
        width = 1;
        var letter = text[at];
        if (letter < 0x80)
        {
            return char.IsAsciiLetterOrDigit(letter) ? LetterKind.Letter : LetterKind.None;
        }
        if (Rune.DecodeFromUtf16(text[at..], out var rune, out width) != OperationStatus.Done)
        {
            return LetterKind.None;
        }
        if (IsPaired(rune.Value))
        {
            return LetterKind.Paired;
        }
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.OtherSymbol => LetterKind.Symbol,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => LetterKind.Letter,
            _ => LetterKind.None,
        };
    }

    /// <summary>Hangul, Kana and Han.</summary>
    private static bool IsPaired(int rune) => rune is >= 0x1100 and <= 0x11FF or >= 0x3005 and <= 0x3007 or >= 0x3040 and <= 0x30FF
        or >= 0x3130 and <= 0x318F or >= 0x31F0 and <= 0x31FF or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xAC00 and <= 0xD7A3
        or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;

    private enum LetterKind
    {
        None,
        Letter,
        Paired,
        Symbol,
    }
}

/// <summary>Is told of terms.</summary>
internal interface ITermSink
{
    /// <summary>Takes a term.</summary>
    /// <param name="term">The term in lower case, as UTF-8; not to be kept.</param>
    /// <param name="position">Its place among the words of the field.</param>
    /// <param name="isJoined">Whether it is a joined word, which stands beside the words that it is made of.</param>
    void Add(ReadOnlySpan<byte> term, int position, bool isJoined);
}
