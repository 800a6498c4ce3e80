using System.Globalization;
using System.Text;

namespace Discovery.Ingestion.Recipes.Expansion;

/// <summary>
/// Expands the shell-like variables of one text: <c>$V</c>, <c>${V}</c>, <c>${V:-default}</c>, <c>${V:?message}</c>, <c>${V:+other}</c>,
/// <c>${V:=default}</c>, <c>${!V}</c>, <c>${#V}</c>, <c>${V:offset:length}</c>; <c>\$</c> gives <c>$</c>. Behaves as the Python
/// package expandvars 1.1 does, which DataHub's client uses.
/// </summary>
internal ref struct VariableText
{
    // ${A:-${A:-${A:-...}}} calls itself for each level.
    private const int MostNested = 32;

    // ${B:=$A$A} doubles with each line.
    private const int LongestText = 1_000_000;

    private readonly string _text;
    private readonly IVariables _variables;
    private readonly int _depth;
    private int _index;

    private VariableText(string text, IVariables variables, int depth)
    {
        if (depth > MostNested)
        {
            throw new VariableException($"more than {MostNested} variables inside each other", isUnset: false);
        }
        _text = text;
        _variables = variables;
        _depth = depth;
    }

    private enum Operator
    {
        None,
        Default,
        SetDefault,
        Alternative,
        Require,
        Substring,
        Length,
    }

    /// <summary>Expands a text in which a variable that is not set is a fault.</summary>
    /// <exception cref="VariableException">A variable is not set, or the text is malformed.</exception>
    public static string Expand(string text, IVariables variables) => new VariableText(text, variables, depth: 0).Expand(unsetIsFault: true);

    private string Expand(bool unsetIsFault)
    {
        var result = new StringBuilder();
        while (_index < _text.Length)
        {
            var next = _text[_index++];
            if (next == '\\')
            {
                if (_index == _text.Length)
                {
                    throw new VariableException("the text ends in a backslash; write '\\\\' for a backslash at the end of a text with variables", isUnset: false);
                }
                var escaped = _text[_index++];
                result.Append(escaped is '$' or '\\' ? escaped.ToString() : "\\" + escaped);
            }
            else if (next == '$' && _index < _text.Length && (IsNamePart(_text[_index]) || _text[_index] is '{' or '$'))
            {
                result.Append(ExpandVariable(unsetIsFault));
                if (result.Length > LongestText)
                {
                    throw new VariableException($"the text grows beyond {LongestText} characters", isUnset: false);
                }
            }
            else
            {
                result.Append(next);
            }
        }
        return result.ToString();
    }

    private static bool IsNamePart(char c) => char.IsLetter(c) || char.IsNumber(c) || c == '_';

    private string ExpandVariable(bool unsetIsFault)
    {
        var name = new StringBuilder();
        var braced = false;
        var indirect = false;
        var kind = Operator.None;
        // A brace may follow a bare name: $A{B} names AB.
        while (_index < _text.Length)
        {
            var next = _text[_index];
            if (next == '{' && !braced)
            {
                braced = true;
                _index++;
                indirect = TryTake('!');
                kind = !indirect && TryTake('#') ? Operator.Length : Operator.None;
            }
            else if (IsNamePart(next) || (next == '$' && name.Length == 0))
            {
                name.Append(next);
                _index++;
            }
            else
            {
                break;
            }
        }
        var operand = braced ? TakeOperand(ref kind) : "";
        if (name.Length == 0)
        {
            throw new VariableException("'${}' names no variable", isUnset: false);
        }
        operand = new VariableText(operand, _variables, _depth + 1).Expand(unsetIsFault: false);
        return Apply(name.ToString(), indirect, kind, operand) ?? (unsetIsFault ? throw Unset(name.ToString()) : "");
    }

    /// <summary>Takes the rest up to the closing brace: <c>:-default}</c>, <c>-default}</c>, <c>:0:3}</c> or <c>}</c>.</summary>
    private string TakeOperand(ref Operator kind)
    {
        if (TryTake('}'))
        {
            return "";
        }
        // Without the colon the length sign loses to the operator: ${#V-x} is ${V-x}.
        if (!TryTake(':') || kind != Operator.Length)
        {
            kind = Operator.Substring;
            if (_index < _text.Length)
            {
                var first = _text[_index];
                kind = first switch
                {
                    '-' => Operator.Default,
                    '=' => Operator.SetDefault,
                    '+' => Operator.Alternative,
                    '?' => Operator.Require,
                    _ => Operator.Substring,
                };
                if (kind != Operator.Substring)
                {
                    _index++;
                }
            }
        }
        var start = _index;
        // A brace opens another only behind the first character: ${A{b} is ${A} with an offset that is no number.
        if (kind == Operator.Substring && _index < _text.Length && _text[_index] == '{')
        {
            _index++;
        }
        for (var open = 0; _index < _text.Length; _index++)
        {
            if (_text[_index] == '{')
            {
                open++;
            }
            else if (_text[_index] == '}' && open-- == 0)
            {
                return _text[start.._index++];
            }
        }
        throw new VariableException("'${' is not closed with '}'; if the characters themselves are meant, put the text into a variable", isUnset: false);
    }

    private bool TryTake(char expected)
    {
        var taken = _index < _text.Length && _text[_index] == expected;
        _index += taken ? 1 : 0;
        return taken;
    }

    private readonly string? Apply(string name, bool indirect, Operator kind, string operand)
    {
        var value = _variables.Get(name);
        if (indirect && name != "$")
        {
            name = value ?? throw new VariableException($"variable {name}, which is to name another variable, is not set", isUnset: false);
            value = _variables.Get(name);
        }
        var hasValue = !string.IsNullOrEmpty(value);
        switch (kind)
        {
            case Operator.Default:
                return hasValue ? value : operand;
            case Operator.Alternative:
                return hasValue ? operand : "";
            case Operator.SetDefault when !hasValue:
                _variables.Set(name, operand);
                return operand;
            case Operator.Require when !hasValue:
                throw new VariableException($"variable {name} is not set: {(operand.Length > 0 ? operand : "it is required")}", isUnset: false);
            case Operator.Length when operand.Length > 0:
                throw new VariableException($"'${{#{name}}}' takes nothing after the name", isUnset: false);
            case Operator.Length:
                return (value ?? "").EnumerateRunes().Count().ToString(CultureInfo.InvariantCulture);
            case Operator.Substring:
                return Substring(name, value ?? "", operand);
            default:
                return value;
        }
    }

    // ${V:2}, ${V:2:3}, ${V:-3:1}: as Python slices; an offset that is no number counts as 0, so ${V.x} is V.
    private static string Substring(string name, string value, string operand)
    {
        var parts = operand.Split(':');
        if (operand.Length == 0 || parts.Length > 2)
        {
            throw new VariableException($"'${{{name}:' needs an operator or an offset after the colon, such as ${{{name}:-default}}", isUnset: false);
        }
        var characters = value.EnumerateRunes().ToArray();
        var offset = int.TryParse(parts[0].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var first) ? first : 0;
        long end = characters.Length;
        if (parts.Length == 2)
        {
            var text = parts[1].Trim();
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var length) && !text.All(IsNamePart))
            {
                throw new VariableException($"the length of '${{{name}:{parts[0]}:...}}' is not a number", isUnset: false);
            }
            end = length >= 0 ? (long)offset + length : throw new VariableException($"the length of '${{{name}:{parts[0]}:{length}}}' is less than 0", isUnset: false);
        }
        var from = Clamp(offset, characters.Length);
        return string.Concat(characters.Skip(from).Take(Clamp(end, characters.Length) - from));
    }

    private static int Clamp(long index, int length) => (int)Math.Clamp(index < 0 ? index + length : index, 0, length);

    private static VariableException Unset(string name) =>
        new($"variable {name} is not set; set it in the environment, or give a default with ${{{name}:-...}}", isUnset: true);
}
