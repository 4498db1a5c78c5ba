using System.Globalization;
using System.Numerics;
using System.Text;

namespace Leat.Models.Jinja;

/// <summary>Splits a template into tokens, with Jinja's whitespace control and its rule that brackets hide an end mark.</summary>
internal sealed class Lexer
{
    private static readonly string[] Operators = ["//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";"];

    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private readonly Stack<char> _brackets = new();
    private int _at;

    private Lexer(SourceText source)
    {
        var text = source.Text;
        _text = text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <summary>All tokens, ended by one <see cref="TokenKind.End"/> or <see cref="TokenKind.Error"/>.</summary>
    public static List<Token> Read(SourceText source)
    {
        var lexer = new Lexer(source);
        if (lexer.ReadTemplate()) lexer.Add(TokenKind.End, "", lexer._text.Length);
        return lexer._tokens;
    }

    private void Add(TokenKind kind, string text, int offset, object? value = null) => _tokens.Add(new Token(kind, text, value, offset));

    private bool Fail(string message, int offset)
    {
        Add(TokenKind.Error, message, offset);
        return false;
    }

    private bool ReadTemplate()
    {
        var trimNext = false;
        while (_at < _text.Length)
        {
            var open = FindOpen(_at);
            AddData(_at, open, trimNext, open < _text.Length && At(open + 2) == '-');
            trimNext = false;
            if (open >= _text.Length) return true;
            _at = open + 2;
            if (At(_at) is '-' or '+') _at++;
            switch (_text[open + 1])
            {
                case '#':
                    if (!SkipComment(open, out trimNext)) return false;
                    break;
                case '{':
                    Add(TokenKind.VariableBegin, "{{", open);
                    if (!ReadInside("}}", TokenKind.VariableEnd, out trimNext)) return false;
                    break;
                default:
                    if (TryRaw(open, out var rawOk, out trimNext))
                    {
                        if (!rawOk) return false;
                        break;
                    }
                    Add(TokenKind.BlockBegin, "{%", open);
                    if (!ReadInside("%}", TokenKind.BlockEnd, out trimNext)) return false;
                    break;
            }
        }
        return true;
    }

    private char At(int index) => index < _text.Length ? _text[index] : '\0';

    private int FindOpen(int from)
    {
        for (var i = _text.IndexOf('{', from); i >= 0 && i + 1 < _text.Length; i = _text.IndexOf('{', i + 1))
            if (_text[i + 1] is '{' or '%' or '#') return i;
        return _text.Length;
    }

    private void AddData(int from, int toExcl, bool trimStart, bool trimEnd)
    {
        if (trimStart)
            while (from < toExcl && char.IsWhiteSpace(_text[from])) from++;
        if (trimEnd)
            while (toExcl > from && char.IsWhiteSpace(_text[toExcl - 1])) toExcl--;
        if (toExcl > from) Add(TokenKind.Data, _text[from..toExcl], from);
    }

    private bool SkipComment(int open, out bool trimNext)
    {
        var end = _text.IndexOf("#}", _at, StringComparison.Ordinal);
        trimNext = end > 0 && _text[end - 1] == '-';
        if (end < 0) return Fail("Missing end of comment tag", open);
        _at = end + 2;
        return true;
    }

    private bool TryRaw(int open, out bool ok, out bool trimNext)
    {
        ok = true;
        trimNext = false;
        var bodyStart = MatchTag(open, "raw", out var trimBody);
        if (bodyStart < 0) return false;
        for (var i = bodyStart; (i = _text.IndexOf("{%", i, StringComparison.Ordinal)) >= 0; i += 2)
        {
            var after = MatchTag(i, "endraw", out trimNext);
            if (after < 0) continue;
            AddData(bodyStart, i, trimBody, At(i + 2) == '-');
            _at = after;
            return true;
        }
        ok = Fail("Missing end of raw directive", open);
        return true;
    }

    /// <summary>Offset behind <c>{% name %}</c> at <paramref name="open"/>, or -1.</summary>
    private int MatchTag(int open, string name, out bool trim)
    {
        trim = false;
        var i = open + 2;
        if (At(i) is '-' or '+') i++;
        while (char.IsWhiteSpace(At(i))) i++;
        if (string.CompareOrdinal(_text, i, name, 0, name.Length) != 0) return -1;
        i += name.Length;
        while (char.IsWhiteSpace(At(i))) i++;
        if (At(i) is '-' or '+') trim = At(i++) == '-';
        return At(i) == '%' && At(i + 1) == '}' ? i + 2 : -1;
    }

    private bool ReadInside(string end, TokenKind endKind, out bool trimNext)
    {
        _brackets.Clear();
        trimNext = false;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (char.IsWhiteSpace(c))
            {
                _at++;
                continue;
            }
            var mark = c is '-' or '+' ? 1 : 0;
            if (_brackets.Count == 0 && string.CompareOrdinal(_text, _at + mark, end, 0, 2) == 0)
            {
                trimNext = c == '-';
                Add(endKind, end, _at);
                _at += mark + 2;
                return true;
            }
            if (!ReadToken(c)) return false;
        }
        return true;
    }

    private bool ReadToken(char c)
    {
        if (char.IsAsciiDigit(c)) return ReadNumber();
        if (c == '_' || char.IsLetter(c)) return ReadName();
        if (c is '\'' or '"') return ReadString(c);
        foreach (var op in Operators)
        {
            if (string.CompareOrdinal(_text, _at, op, 0, op.Length) != 0) continue;
            if (op.Length == 1 && !Balance(c)) return false;
            Add(TokenKind.Operator, op, _at);
            _at += op.Length;
            return true;
        }
        return Fail($"unexpected char {PyText.Repr(c.ToString())} at {_at}", _at);
    }

    private bool Balance(char c)
    {
        if (c is '(' or '[' or '{') _brackets.Push(c == '(' ? ')' : c == '[' ? ']' : '}');
        if (c is not (')' or ']' or '}')) return true;
        if (!_brackets.TryPop(out var expected)) return Fail($"unexpected '{c}'", _at);
        return expected == c || Fail($"unexpected '{c}', expected '{expected}'", _at);
    }

    private bool ReadName()
    {
        var start = _at;
        while (_at < _text.Length && (_text[_at] == '_' || char.IsLetterOrDigit(_text[_at]))) _at++;
        Add(TokenKind.Name, string.Intern(_text[start.._at]), start);
        return true;
    }

    private bool ReadNumber()
    {
        var start = _at;
        if (_text[_at] == '0' && char.ToLowerInvariant(At(_at + 1)) is 'x' or 'o' or 'b' && char.ToLowerInvariant(At(_at + 1)) is var radix && (radix is 'x' or 'o' or 'b'))
        {
            _at += 2;
            while (char.IsAsciiHexDigit(At(_at)) || At(_at) == '_') _at++;
            var bits = radix == 'x' ? 16 : radix == 'o' ? 8 : 2;
            Add(TokenKind.Integer, "", start, PyNumbers.ParseInteger(_text[(start + 2).._at].Replace("_", "", StringComparison.Ordinal), bits));
            return true;
        }
        Digits();
        var isFloat = false;
        if (At(_at) == '.' && char.IsAsciiDigit(At(_at + 1)))
        {
            isFloat = true;
            _at++;
            Digits();
        }
        if (At(_at) is 'e' or 'E' && (char.IsAsciiDigit(At(_at + 1)) || (At(_at + 1) is '+' or '-' && char.IsAsciiDigit(At(_at + 2)))))
        {
            isFloat = true;
            _at += 2;
            Digits();
        }
        var digits = _text[start.._at].Replace("_", "", StringComparison.Ordinal);
        if (isFloat) Add(TokenKind.Float, "", start, double.Parse(digits, CultureInfo.InvariantCulture));
        else Add(TokenKind.Integer, "", start, PyNumbers.Shrink(BigInteger.Parse(digits, CultureInfo.InvariantCulture)));
        return true;
    }

    private void Digits()
    {
        while (char.IsAsciiDigit(At(_at)) || (At(_at) == '_' && char.IsAsciiDigit(At(_at + 1)))) _at++;
    }

    private bool ReadString(char quote)
    {
        var start = _at;
        var text = new StringBuilder();
        for (var i = start + 1; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c == quote)
            {
                _at = i + 1;
                Add(TokenKind.String, "", start, text.ToString());
                return true;
            }
            if (c == '\\' && i + 1 < _text.Length) i = Escape(i + 1, text);
            else text.Append(c);
        }
        return Fail($"unexpected char {PyText.Repr(quote.ToString())} at {start}", start);
    }

    /// <summary>Appends the character escaped at <paramref name="at"/>; returns the offset of its last character.</summary>
    private int Escape(int at, StringBuilder text)
    {
        const string plain = "n\nt\tr\r\\\\'\'\"\"a\ab\bf\fv\v";
        var c = _text[at];
        if (c == '\n') return at;
        for (var i = 0; i < plain.Length; i += 2)
        {
            if (plain[i] != c) continue;
            text.Append(plain[i + 1]);
            return at;
        }
        var width = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (width > 0 && at + width < _text.Length && int.TryParse(_text.AsSpan(at + 1, width), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code))
        {
            text.Append(new Rune(code).ToString());
            return at + width;
        }
        text.Append('\\').Append(c);
        return at;
    }
}
