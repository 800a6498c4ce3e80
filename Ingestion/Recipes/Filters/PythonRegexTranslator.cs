using System.Globalization;

namespace Discovery.Ingestion.Recipes.Filters;

/// <summary>A Python pattern in .NET's words, anchored at the start.</summary>
/// <param name="Pattern">The .NET pattern.</param>
/// <param name="NeedsBacktracking">Whether the linear-time engine cannot run it.</param>
internal readonly record struct Translation(string Pattern, bool NeedsBacktracking);

/// <summary>
/// Translates regular expressions of Python 3.11 (https://docs.python.org/3.11/library/re.html) to .NET's. It parses all of the
/// syntax, since the two languages read the same characters differently (<c>[a-[b]]</c>, <c>\Z</c>, <c>\w</c>, <c>{,3}</c>), and
/// refuses what Python refuses.
/// </summary>
internal sealed class PythonRegexTranslator
{
    private const int MostNested = 100;
    private const long MostRepeats = 4294967294;
    private const long Unbounded = long.MaxValue / 4;

    // Beyond this many steps, repetitions multiplied, the linear-time engine's tables would grow too large.
    private const long MostLinearSteps = 10_000;

    private readonly PatternText _text;
    private readonly PatternGroups _groups;
    private bool _needsBacktracking;
    private PatternFlags _globalFlags;

    private PythonRegexTranslator(string pattern, bool ignoreCase)
    {
        _text = new PatternText(pattern);
        _groups = new PatternGroups(_text);
        _globalFlags = ignoreCase ? PatternFlags.IgnoreCase : PatternFlags.None;
    }

    /// <summary>Translates a pattern.</summary>
    /// <exception cref="FormatException">It is not a Python regular expression; the message says what and where.</exception>
    public static Translation Translate(string pattern, bool ignoreCase)
    {
        var translator = new PythonRegexTranslator(pattern, ignoreCase);
        var body = translator.TakeAlternatives(translator._globalFlags, depth: 0);
        if (!translator._text.AtEnd)
        {
            throw translator._text.Fault(translator._text.Index, "this ')' closes nothing");
        }
        translator._groups.CheckConditions();
        var options = translator._globalFlags.HasFlag(PatternFlags.IgnoreCase) ? "i" : "-i";
        return new Translation($@"\A(?{options}:{body.Text})", translator._needsBacktracking || body.Steps > MostLinearSteps);
    }

    private Piece TakeAlternatives(PatternFlags flags, int depth)
    {
        if (depth > MostNested)
        {
            throw _text.Fault(_text.Index, $"more than {MostNested} groups inside each other");
        }
        var result = TakeSequence(ref flags, depth, mayBeginWithFlags: depth == 0);
        while (_text.TryTake('|'))
        {
            result = result.Or(TakeSequence(ref flags, depth, mayBeginWithFlags: false));
        }
        return result;
    }

    private Piece TakeSequence(ref PatternFlags flags, int depth, bool mayBeginWithFlags)
    {
        var pieces = new List<Piece>();
        while (!_text.AtEnd && _text.Peek is not ('|' or ')'))
        {
            var start = _text.Index;
            var code = _text.Take();
            if (flags.HasFlag(PatternFlags.Verbose) && code is (' ' or '#' or (>= '\t' and <= '\r')))
            {
                _text.TakeWhile(c => code == '#' && c != '\n');
                continue;
            }
            if (code is '*' or '+' or '?' or '{' && TryTakeRepeat(code, out var minimum, out var maximum))
            {
                Repeat(pieces, start, minimum, maximum);
                continue;
            }
            var piece = code switch
            {
                '\\' => TakeEscape(start, flags),
                '[' => Piece.Character(CharacterSet.Take(_text, start, flags.HasFlag(PatternFlags.IgnoreCase), flags.HasFlag(PatternFlags.Ascii))),
                '.' => Piece.Character(flags.HasFlag(PatternFlags.DotAll) ? @"[\s\S]" : @"[^\n]"),
                '^' => Piece.Anchor(flags.HasFlag(PatternFlags.MultiLine) ? "(?m:^)" : @"\A"),
                '$' => Piece.Anchor(flags.HasFlag(PatternFlags.MultiLine) ? "(?m:$)" : @"\Z"),
                '(' => TakeGroup(start, ref flags, depth, mayBeginWithFlags && pieces.Count == 0),
                _ => Piece.Character(CharacterSet.Literal(code, flags.HasFlag(PatternFlags.IgnoreCase))),
            };
            if (piece is { } taken)
            {
                pieces.Add(taken);
            }
        }
        return Piece.Concat(pieces);
    }

    private Piece? TakeEscape(int start, PatternFlags flags)
    {
        var letter = _text.Peek;
        if (CharacterSet.Category(letter, flags.HasFlag(PatternFlags.Ascii)) is { } members)
        {
            _text.Take();
            // Case does not change what a category holds; .NET would let "k" match [\x7F-\uFFFF] because of the Kelvin sign.
            return Piece.Character($"(?-i:[{members}])");
        }
        if (letter is 'A' or 'Z' or 'b' or 'B')
        {
            _text.Take();
            return Piece.Anchor(letter == 'Z' ? @"\z" : $@"\{letter}");
        }
        if (letter is >= '1' and <= '9')
        {
            var digits = _text.TakeWhile(char.IsAsciiDigit, 2);
            // Three octal digits are a character: \101 is A.
            if (digits.Length == 2 && digits.All(IsOctal) && IsOctal(_text.Peek))
            {
                _text.GoBack(start + 1);
                return Piece.Character(CharacterSet.Literal(CharacterSet.TakeEscape(_text, start, anyOctalDigit: true), flags.HasFlag(PatternFlags.IgnoreCase)));
            }
            return BackReference(_groups.Reference(int.Parse(digits, CultureInfo.InvariantCulture), start));
        }
        return Piece.Character(CharacterSet.Literal(CharacterSet.TakeEscape(_text, start, anyOctalDigit: false), flags.HasFlag(PatternFlags.IgnoreCase)));
    }

    private static bool IsOctal(char c) => c is >= '0' and <= '7';

    private Piece BackReference(PatternGroups.Group group)
    {
        _needsBacktracking = true;
        return new Piece(string.Create(CultureInfo.InvariantCulture, $@"(?:\k<{group.Number}>)"), group.Shortest, group.Longest, PieceKind.Item, 1);
    }

    // "{" that is not followed by "3}", "3,}", ",3}", "3,4}" or ",}" is just a brace.
    private bool TryTakeRepeat(int code, out long minimum, out long maximum)
    {
        (minimum, maximum) = (code == '+' ? 1 : 0, code == '?' ? 1 : Unbounded);
        if (code != '{')
        {
            return true;
        }
        var start = _text.Index;
        var low = _text.TakeWhile(char.IsAsciiDigit);
        var high = _text.TryTake(',') ? _text.TakeWhile(char.IsAsciiDigit) : low;
        if (_text.Peek != '}' || _text.Index == start)
        {
            _text.GoBack(start);
            return false;
        }
        _text.Take();
        minimum = low.Length > 0 ? RepeatCount(low, start) : 0;
        maximum = high.Length > 0 ? RepeatCount(high, start) : Unbounded;
        return minimum <= maximum ? true : throw _text.Fault(start, "the smallest number of repetitions is larger than the largest");
    }

    private long RepeatCount(string digits, int start) =>
        long.TryParse(digits, CultureInfo.InvariantCulture, out var count) && count <= MostRepeats ? count : throw _text.Fault(start, "this number of repetitions is too large");

    private void Repeat(List<Piece> pieces, int start, long minimum, long maximum)
    {
        if (pieces.Count == 0 || pieces[^1].Kind == PieceKind.Anchor)
        {
            throw _text.Fault(start, "there is nothing to repeat here");
        }
        if (pieces[^1].Kind == PieceKind.Repeat)
        {
            throw _text.Fault(start, "this repeats a repetition; put what is to be repeated in a group");
        }
        var possessive = _text.TryTake('+');
        var lazy = !possessive && _text.TryTake('?');
        _needsBacktracking |= possessive;
        pieces[^1] = pieces[^1].Repeat(minimum, maximum, Unbounded, lazy, possessive);
    }

    private Piece? TakeGroup(int start, ref PatternFlags flags, int depth, bool mayBeFlags)
    {
        if (!_text.TryTake('?'))
        {
            return TakeCapture(start, name: null, flags, depth);
        }
        var code = _text.Take();
        switch (code)
        {
            case 'P' when _text.TryTake('<'):
                return TakeCapture(start, _text.TakeUntil('>', "the name of the group"), flags, depth);
            case 'P' when _text.TryTake('='):
                return BackReference(_groups.Reference(_text.TakeUntil(')', "the name of the group"), start));
            case ':':
                return TakeInside(start, "?:", flags, depth);
            case '#':
                _text.TakeWhile(c => c != ')');
                return _text.TryTake(')') ? null : throw _text.Fault(start, "this comment is not closed with ')'");
            case '>':
                _needsBacktracking = true;
                return TakeInside(start, "?>", flags, depth);
            case '=' or '!':
                _needsBacktracking = true;
                return TakeInside(start, $"?{(char)code}", flags, depth) with { Shortest = 0, Longest = 0 };
            case '<' when _text.Peek is '=' or '!':
                return TakeLookBehind(start, (char)_text.Take(), flags, depth);
            case '(':
                return TakeCondition(start, flags, depth);
            case '-' or (>= 'a' and <= 'z') or 'L':
                _text.GoBack(_text.Index - 1);
                return TakeFlags(start, ref flags, depth, mayBeFlags);
            default:
                throw _text.Fault(start, "this kind of group is unknown to Python; a named group is (?P<name>...)");
        }
    }

    private Piece TakeInside(int start, string opening, PatternFlags flags, int depth)
    {
        var inside = TakeAlternatives(flags, depth + 1);
        if (!_text.TryTake(')'))
        {
            throw _text.Fault(start, "this '(' is not closed with ')'");
        }
        return inside with { Text = $"({opening}{inside.Text})", Kind = PieceKind.Item };
    }

    private Piece TakeCapture(int start, string? name, PatternFlags flags, int depth)
    {
        var group = _groups.Open(name, start);
        var inside = TakeInside(start, string.Create(CultureInfo.InvariantCulture, $"?<{group.Number}>"), flags, depth);
        group.Close(inside.Shortest, inside.Longest);
        return inside;
    }

    private Piece TakeLookBehind(int start, char direction, PatternFlags flags, int depth)
    {
        _needsBacktracking = true;
        using (_groups.LookBehind())
        {
            var inside = TakeInside(start, $"?<{direction}", flags, depth);
            return inside.Shortest == inside.Longest
                ? inside with { Shortest = 0, Longest = 0 }
                : throw _text.Fault(start, "a look-behind needs a text of fixed length");
        }
    }

    // (?(1)yes|no)  or  (?(name)yes|no)
    private Piece TakeCondition(int start, PatternFlags flags, int depth)
    {
        _needsBacktracking = true;
        var number = _groups.Condition(_text.TakeUntil(')', "the name of the group"), start);
        var yes = TakeSequence(ref flags, depth + 1, mayBeginWithFlags: false);
        var no = _text.TryTake('|') ? TakeSequence(ref flags, depth + 1, mayBeginWithFlags: false) : Piece.Concat([]);
        if (_text.Peek == '|' && !_text.AtEnd)
        {
            throw _text.Fault(start, "a condition has two alternatives at most");
        }
        if (!_text.TryTake(')'))
        {
            throw _text.Fault(start, "this '(' is not closed with ')'");
        }
        return yes.Or(no) with { Text = string.Create(CultureInfo.InvariantCulture, $"(?({number})(?:{yes.Text})|(?:{no.Text}))"), Kind = PieceKind.Item };
    }

    // (?i)  for all of the pattern, (?i:...) and (?-i:...) for a part
    private Piece? TakeFlags(int start, ref PatternFlags flags, int depth, bool mayBeFlags)
    {
        var (on, off, isGroup) = PatternFlagsText.Take(_text, start);
        if (isGroup)
        {
            var inner = (flags | on) & ~off;
            inner = on.HasFlag(PatternFlags.Unicode) ? inner & ~PatternFlags.Ascii : inner;
            return TakeInside(start, inner.HasFlag(PatternFlags.IgnoreCase) ? "?i:" : "?-i:", inner, depth);
        }
        if (!mayBeFlags)
        {
            throw _text.Fault(start, "flags for all of the pattern stand at its start; use (?i:...) for a part");
        }
        _globalFlags |= on;
        if (_globalFlags.HasFlag(PatternFlags.Ascii | PatternFlags.Unicode))
        {
            throw _text.Fault(start, "the flags 'a' and 'u' exclude each other");
        }
        flags |= on;
        return null;
    }
}
